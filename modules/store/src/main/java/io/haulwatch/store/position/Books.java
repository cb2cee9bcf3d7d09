package io.haulwatch.store.position;

import io.haulwatch.model.report.TallyRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What became of each truck's reports, by the hour of their coming. Positions in order, nearly all, are counted in arrays and written with the
 * figures; everything else with its batch. As with the figures, what was counted since the last flush is counted again after a start, and
 * comes out the same. One thread.
 */
final class Books {
    private static final long HOUR_MILLIS = 3_600_000;

    private static final String ADD = """
            insert into hw.report_book as b (vehicle_id, company_id, hour, received, stored, duplicate, quarantined, refused)
            select n.vehicle_id, coalesce(max(v.company_id), 0), n.hour, sum(n.received), sum(n.stored), sum(n.duplicate),
                sum(n.quarantined), sum(n.refused)
            from unnest(?::integer[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                as n (vehicle_id, hour, received, stored, duplicate, quarantined, refused)
            left join hw.vehicle v using (vehicle_id)
            group by n.vehicle_id, n.hour
            on conflict (vehicle_id, hour) do update set received = b.received + excluded.received,
                stored = b.stored + excluded.stored, duplicate = b.duplicate + excluded.duplicate,
                quarantined = b.quarantined + excluded.quarantined, refused = b.refused + excluded.refused""";
    private static final String ADD_REFUSED = """
            insert into hw.report_refused as r (vehicle_id, company_id, hour, cause, count)
            select n.vehicle_id, coalesce(v.company_id, 0), n.hour, n.cause, n.count
            from unnest(?::integer[], ?::timestamptz[], ?::text[], ?::bigint[]) as n (vehicle_id, hour, cause, count)
            left join hw.vehicle v using (vehicle_id)
            on conflict (vehicle_id, hour, cause) do update set count = r.count + excluded.count""";

    private record Page(int vehicleId, long hour) {}

    private record Cause(Page page, String name) {}

    private static final class Line {
        private final Page page;
        private long received;
        private long stored;
        private long duplicate;
        private long quarantined;
        private long refused;

        Line(Page page) {
            this.page = page;
        }
    }

    private final Map<Page, Line> batch = new HashMap<>();
    private final Map<Cause, Long> refused = new HashMap<>();
    /** Of positions in order, by the vehicle's slot: the hour at hand and how many of it. */
    private long[] hours = new long[256];

    private int[] counts = new int[256];
    private int[] vehicles = new int[256];
    private int slots;
    private final List<Line> finished = new ArrayList<>();

    /** A position was taken and is stored, ahead of all others of its truck. */
    void inOrder(int slot, int vehicleId, long receivedMillis) {
        if (slot >= hours.length) {
            int size = Math.max(slot + 1, hours.length * 2);
            hours = Arrays.copyOf(hours, size);
            counts = Arrays.copyOf(counts, size);
            vehicles = Arrays.copyOf(vehicles, size);
        }
        slots = Math.max(slots, slot + 1);
        long hour = Math.floorDiv(receivedMillis, HOUR_MILLIS);
        if (hours[slot] != hour) {
            finish(slot);
            hours[slot] = hour;
            vehicles[slot] = vehicleId;
        }
        counts[slot]++;
    }

    private void finish(int slot) {
        if (counts[slot] > 0) {
            Line line = new Line(new Page(vehicles[slot], hours[slot]));
            line.received = counts[slot];
            line.stored = counts[slot];
            finished.add(line);
            counts[slot] = 0;
        }
    }

    private Line line(int vehicleId, long receivedMillis) {
        return batch.computeIfAbsent(new Page(vehicleId, Math.floorDiv(receivedMillis, HOUR_MILLIS)), Line::new);
    }

    /** A position was taken whose fate is said by one of the following. */
    void received(int vehicleId, long receivedMillis) {
        line(vehicleId, receivedMillis).received++;
    }

    /** It is stored, behind others of its truck. */
    void stored(int vehicleId, long receivedMillis) {
        line(vehicleId, receivedMillis).stored++;
    }

    /** It was there already. */
    void duplicate(int vehicleId, long receivedMillis) {
        line(vehicleId, receivedMillis).duplicate++;
    }

    /** It is in quarantine. */
    void quarantined(int vehicleId, long receivedMillis) {
        line(vehicleId, receivedMillis).quarantined++;
    }

    /** The gateway counted frames that did not become positions. */
    void tally(TallyRecord tally) {
        Line line = line(tally.vehicleId(), tally.receivedMillis());
        line.received += tally.count();
        if (tally.cause() == TallyRecord.Cause.REPEATED) {
            line.duplicate += tally.count();
        } else {
            line.refused += tally.count();
            Cause cause = new Cause(line.page, tally.cause().name().toLowerCase(Locale.ROOT));
            refused.merge(cause, (long) tally.count(), Long::sum);
        }
    }

    /**
     * Writes what its batch found, in the transaction of the batch. If that fails these books are thrown away with the rest.
     *
     * @param flush whether positions in order are written too
     */
    void store(Connection connection, boolean flush) throws SQLException {
        add(connection, batch.values());
        batch.clear();
        addRefused(connection);
        refused.clear();
        if (flush) {
            for (int slot = 0; slot < slots; slot++) {
                finish(slot);
            }
            add(connection, finished);
            finished.clear();
        }
    }

    private static void add(Connection connection, Collection<Line> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(ADD)) {
            upsert.setObject(
                    1, lines.stream().mapToInt(line -> line.page.vehicleId()).toArray());
            upsert.setArray(2, hours(connection, lines.stream().map(line -> line.page)));
            upsert.setObject(3, lines.stream().mapToLong(line -> line.received).toArray());
            upsert.setObject(4, lines.stream().mapToLong(line -> line.stored).toArray());
            upsert.setObject(5, lines.stream().mapToLong(line -> line.duplicate).toArray());
            upsert.setObject(
                    6, lines.stream().mapToLong(line -> line.quarantined).toArray());
            upsert.setObject(7, lines.stream().mapToLong(line -> line.refused).toArray());
            upsert.executeUpdate();
        }
    }

    private void addRefused(Connection connection) throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        List<Map.Entry<Cause, Long>> all = List.copyOf(refused.entrySet());
        try (PreparedStatement upsert = connection.prepareStatement(ADD_REFUSED)) {
            upsert.setObject(
                    1,
                    all.stream()
                            .mapToInt(entry -> entry.getKey().page().vehicleId())
                            .toArray());
            upsert.setArray(
                    2,
                    hours(connection, all.stream().map(entry -> entry.getKey().page())));
            upsert.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            all.stream().map(entry -> entry.getKey().name()).toArray()));
            upsert.setObject(4, all.stream().mapToLong(Map.Entry::getValue).toArray());
            upsert.executeUpdate();
        }
    }

    private static Array hours(Connection connection, Stream<Page> pages) throws SQLException {
        return connection.createArrayOf(
                "timestamptz",
                pages.map(page -> new Timestamp(page.hour() * HOUR_MILLIS)).toArray());
    }
}
