package io.haulwatch.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.desk.DeskQueries.DeskRow;
import io.haulwatch.console.desk.Notices.NoticeRow;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside an alarm's evidence on the desk.
 *
 * @param days of the last thirty local days on which the driver, or the truck if nobody is known, had alarms, oldest first
 * @param contacts what the centre has said to the cab, the driver and the company about this truck within thirty days, newest first
 * @param texts what can be said to the cab, the one that fits best first
 * @param suggestion what to do, and why
 */
record DeskContext(
        DeskRow alarm,
        @Nullable Person driver,
        List<Day> days,
        List<Contact> contacts,
        List<NoticeRow> notices,
        List<CabTexts.Offer> texts,
        Suggestion suggestion) {
    private static final Duration BACK = Duration.ofDays(30);
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final int MOST = 20;

    static DeskContext read(Connection connection, ObjectMapper json, Scope scope, DeskRow alarm, Instant now)
            throws SQLException {
        AlarmRow row = alarm.row();
        UUID id = UUID.fromString(row.id());
        List<Contact> contacts = contacts(connection, json, scope, row.vehicle().id(), now);
        return new DeskContext(
                alarm,
                driver(connection, scope, row),
                days(connection, scope, row, now),
                contacts,
                Notices.ofAlarm(connection, scope, id, now),
                CabTexts.of(connection, row),
                suggest(row, contacts, now));
    }

    private static @Nullable Person driver(Connection connection, Scope scope, AlarmRow row) throws SQLException {
        AlarmRow.DriverRef driver = row.driver();
        if (driver == null) {
            return null;
        }
        return new SqlText("select phone from hw.driver where driver_id = ?", driver.id())
                .within(scope, "company_id = any (?)")
                .first(connection, found -> new Person(driver.id(), driver.name(), found.getString(1)))
                .orElseGet(() -> new Person(driver.id(), driver.name(), null));
    }

    private static List<Day> days(Connection connection, Scope scope, AlarmRow row, Instant now) throws SQLException {
        SqlText sql = new SqlText("""
                select (started_at at time zone 'Asia/Shanghai')::date::text, max(severity), count(*), count(*) filter (where rule = ?),
                    count(*) filter (where handling in ('appealed', 'overturned'))
                from hw.episode where state not in ('prewarned', 'withdrawn') and ended_by is distinct from 'joined'
                """, row.rule())
                .within(scope, "company_id = any (?)")
                .and("started_at >= ? and started_at <= ?", now.minus(BACK), now);
        AlarmRow.DriverRef driver = row.driver();
        // A truck's index leads to a driver's alarms by way of the trucks of his company; a truck alone is asked for
        // directly.
        if (driver != null) {
            sql.and(
                    "driver_id = ? and company_id = ?",
                    driver.id(),
                    row.company().id());
        } else {
            sql.and("vehicle_id = ?", row.vehicle().id());
        }
        return sql.add("group by 1 order by 1")
                .list(
                        connection,
                        day -> new Day(day.getString(1), day.getInt(2), day.getInt(3), day.getInt(4), day.getInt(5)));
    }

    private static List<Contact> contacts(
            Connection connection, ObjectMapper json, Scope scope, int vehicleId, Instant now) throws SQLException {
        return new SqlText("""
                select a.act_id, a.episode_id, a.kind, a.content, a.note, a.state, coalesce(a.finished_at, a.begun_at) as at, a.failure,
                    coalesce(u.display_name, u.username) as by, a.command_id, c.state as command_state
                from hw.episode e join hw.desk_act a on a.episode_id = e.episode_id
                    left join hw.app_user u on u.user_id = a.begun_by
                    left join hw.command c on c.command_id = a.command_id
                where a.state in ('done', 'failed') and a.kind in ('text', 'call', 'notice')
                """)
                .within(scope, "e.company_id = any (?)")
                .and("e.vehicle_id = ? and a.begun_at >= ?", vehicleId, now.minus(BACK))
                .add("order by a.act_id desc limit ?", MOST)
                .list(connection, found -> contact(found, json));
    }

    private static Contact contact(ResultSet row, ObjectMapper json) throws SQLException {
        Timestamp at = row.getTimestamp("at");
        try {
            return new Contact(
                    row.getLong("act_id"),
                    row.getString("episode_id"),
                    row.getString("kind"),
                    json.readTree(row.getString("content")),
                    row.getString("note"),
                    row.getString("state"),
                    row.getString("failure"),
                    Json.time(at.toInstant()),
                    row.getString("by"),
                    row.getString("command_id"),
                    row.getString("command_state"));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /** The first act that can help and has not just failed to. */
    private static Suggestion suggest(AlarmRow row, List<Contact> contacts, Instant now) {
        if (row.rule().equals("papers") || row.rule().equals("speed_source_mismatch")) {
            return new Suggestion("notice", "company_can_mend");
        }
        if (!row.state().equals("open")) {
            return row.severity() >= ActContent.SECOND_PERSON
                    ? new Suggestion("call", "over_and_heavy")
                    : new Suggestion("text", "over");
        }
        boolean told = lately(contacts, "text", now);
        boolean called = lately(contacts, "call", now);
        if (told && called) {
            return new Suggestion(row.severity() >= ActContent.CRITICAL ? "escalate" : "notice", "goes_on_after_call");
        }
        return told ? new Suggestion("call", "goes_on_after_text") : new Suggestion("text", "goes_on");
    }

    private static boolean lately(List<Contact> contacts, String kind, Instant now) {
        return contacts.stream()
                .anyMatch(each -> each.kind.equals(kind)
                        && each.state.equals("done")
                        && Instant.parse(each.at).isAfter(now.minus(LATELY)));
    }

    /** The driver. */
    record Person(int id, @DriverName String name, @Nullable String phone) {}

    /** A local day. @param sameRule how many were of the alarm's own rule @param appealed how many were contested */
    record Day(String day, int severity, int alarms, int sameRule, int appealed) {}

    /**
     * What was said to somebody.
     *
     * @param state done or failed; of a text, the command says what became of it
     */
    record Contact(
            long id,
            String alarmId,
            String kind,
            JsonNode content,
            String note,
            String state,
            @Nullable String failure,
            String at,
            @Nullable String by,
            @Nullable String commandId,
            @Nullable String commandState) {}

    /** What to do. @param reason a word that pages explain */
    record Suggestion(String kind, String reason) {}
}
