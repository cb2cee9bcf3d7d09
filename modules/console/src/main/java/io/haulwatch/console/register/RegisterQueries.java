package io.haulwatch.console.register;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.register.TableColumn;
import io.haulwatch.store.register.TablePart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The register as the columns of its tables hold it. Identity cards are never read. */
final class RegisterQueries {
    private RegisterQueries() {}

    /** One line. @param values by column; what is not known is absent */
    record Entry(int id, String subject, Map<String, String> values) {}

    /** Lines of a table in the order of what they are about. @param after subject and id of the last one, null to begin */
    static List<Entry> list(
            Connection connection,
            TablePart part,
            @Nullable String query,
            @Nullable String after,
            int afterId,
            int limit)
            throws SQLException {
        String subject = subject(part);
        String id = id(part);
        SqlText sql = new SqlText(select(part));
        if (query != null) {
            sql.and(subject + " ilike ?", SqlText.anywhere(query));
        }
        if (after != null) {
            sql.and("(" + subject + ", " + id + ") > (?, ?)", after, afterId);
        }
        return sql.add("order by " + subject + ", " + id + " limit ?", limit).list(connection, row -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (TableColumn column : part.columns()) {
                if (isRead(column)) {
                    String value = row.getString(column.key());
                    if (value != null) {
                        values.put(column.key(), value);
                    }
                }
            }
            return new Entry(row.getInt("id"), row.getString("subject"), values);
        });
    }

    /** Whether a column's present value is shown; what is left empty stays as it is. */
    static boolean isRead(TableColumn column) {
        return !column.key().equals("id_card");
    }

    private static IllegalArgumentException notOfTheRegister(TablePart part) {
        return new IllegalArgumentException("not a table of the register itself: " + part);
    }

    private static String subject(TablePart part) {
        return switch (part) {
            case COMPANIES -> "c.name";
            case VEHICLES -> "v.plate";
            case TERMINALS -> "t.phone";
            case DRIVERS -> "d.name";
            case PAPERS -> "coalesce(v.plate, d.name, c.name)";
            case MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING -> throw notOfTheRegister(part);
        };
    }

    private static String id(TablePart part) {
        return switch (part) {
            case COMPANIES -> "c.company_id";
            case VEHICLES -> "v.vehicle_id";
            case TERMINALS -> "t.terminal_id::integer";
            case DRIVERS -> "d.driver_id";
            case PAPERS -> "p.paper_id::integer";
            case MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING -> throw notOfTheRegister(part);
        };
    }

    private static String select(TablePart part) {
        return switch (part) {
            case COMPANIES -> """
                    select c.company_id as id, c.name as subject, c.name, c.adcode, c.licence_no, null::text as licence_expires,
                        c.contact_name, c.contact_phone
                    from hw.company c where c.retired_at is null and c.company_id > 0
                    """;
            case VEHICLES -> """
                    select v.vehicle_id as id, v.plate as subject, v.plate, v.plate_colour, c.name as company, v.vehicle_class,
                        v.vin, v.model_name as model, v.registered_on
                    from hw.vehicle v join hw.company c on c.company_id = v.company_id where v.retired_at is null
                    """;
            case TERMINALS -> """
                    select t.terminal_id::integer as id, t.phone as subject, t.phone, v.plate, t.edition, t.maker, t.model,
                        t.device_id
                    from hw.terminal t join hw.vehicle v on v.vehicle_id = t.vehicle_id where v.retired_at is null
                    """;
            case DRIVERS -> """
                    select d.driver_id as id, d.name as subject, d.name, c.name as company, d.licence_no, d.phone,
                        (select v.plate from hw.assignment a join hw.vehicle v on v.vehicle_id = a.vehicle_id
                            where a.driver_id = d.driver_id and a.effective_from <= now() and a.effective_to > now()
                            order by a.effective_from desc limit 1) as vehicle
                    from hw.driver d join hw.company c on c.company_id = d.company_id where d.retired_at is null
                    """;
            case PAPERS -> """
                    select p.paper_id::integer as id, coalesce(v.plate, d.name, c.name) as subject, p.kind,
                        coalesce(v.plate, d.licence_no, d.name, c.name) as owner, p.expires, p.number, p.issued, p.category
                    from hw.paper p
                        left join hw.vehicle v on p.owner_kind = 'VEHICLE' and v.vehicle_id = p.owner_id
                        left join hw.driver d on p.owner_kind = 'DRIVER' and d.driver_id = p.owner_id
                        left join hw.company c on p.owner_kind = 'COMPANY' and c.company_id = p.owner_id
                    where p.effective_to > now() and p.review = 'approved' and v.retired_at is null and d.retired_at is null and c.retired_at is null
                        and coalesce(v.plate, d.name, c.name) is not null
                    """;
            case MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING -> throw notOfTheRegister(part);
        };
    }
}
