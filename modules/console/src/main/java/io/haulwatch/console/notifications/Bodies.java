package io.haulwatch.console.notifications;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said about an event: facts of the register and of the alarm, no driver's name, and a link to the page that has the rest. */
final class Bodies {
    /** Lines of one message; the rest is a number, and stands on the page. */
    private static final int MOST_PAPERS = 100;

    private final ObjectMapper json;
    private final @Nullable String publicUrl;

    Bodies(ObjectMapper json, @Nullable String publicUrl) {
        this.json = json;
        this.publicUrl = publicUrl;
    }

    /** What is said. @param severity of the alarm behind it, 4 for what has none */
    record Said(ObjectNode body, int severity) {}

    /** What to say; empty if there is nothing to say any more. */
    Optional<Said> of(Connection connection, Event event, String object, int companyId) throws SQLException {
        return switch (event) {
            case ALARM -> alarm(connection, UUID.fromString(object));
            case NOTICE -> notice(connection, Long.parseLong(object));
            case CASE_OVERDUE -> overdue(connection, Long.parseLong(object));
            case PAPERS_DUE -> papers(connection, companyId, object);
            case STUDY_AT_WHEEL -> atTheWheel(connection, Long.parseLong(object));
            case TEST -> Optional.of(new Said(begun(Event.TEST, 0, ""), 4));
        };
    }

    /** A message that is sent by hand. */
    ObjectNode test(String receiver) {
        ObjectNode body = json.createObjectNode().put("event", Event.TEST.word());
        body.put("receiver", receiver);
        return body;
    }

    private Optional<Said> alarm(Connection connection, UUID id) throws SQLException {
        return new SqlText("""
                select e.company_id, c.name, v.plate, e.vehicle_id, e.rule, e.severity, e.state, e.started_at
                from hw.episode e left join hw.company c on c.company_id = e.company_id
                    left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                where e.episode_id = ? and e.state in ('open', 'closed', 'amended')
                """, id).first(connection, row -> {
            ObjectNode body = begun(Event.ALARM, row.getInt(1), row.getString(2));
            int severity = row.getInt(6);
            body.putObject("alarm")
                    .put("id", id.toString())
                    .put("rule", row.getString(5))
                    .put("severity", severity)
                    .put("state", row.getString(7))
                    .put("vehicle_id", row.getInt(4))
                    .put("plate", text(row, 3))
                    .put("started_at", Json.time(row.getTimestamp(8).toInstant()));
            return new Said(linked(body, "/alarms/" + id + "?status=all"), severity);
        });
    }

    private Optional<Said> notice(Connection connection, long id) throws SQLException {
        return new SqlText("""
                select n.company_id, c.name, v.plate, n.episode_id, e.rule, e.severity, n.words, n.sent_at, n.due_at
                from hw.notice n join hw.episode e on e.episode_id = n.episode_id
                    left join hw.company c on c.company_id = n.company_id
                    left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                where n.notice_id = ?
                """, id).first(connection, row -> {
            ObjectNode body = begun(Event.NOTICE, row.getInt(1), row.getString(2));
            int severity = row.getInt(6);
            body.putObject("notice")
                    .put("id", id)
                    .put("alarm_id", row.getString(4))
                    .put("rule", row.getString(5))
                    .put("severity", severity)
                    .put("plate", text(row, 3))
                    .put("words", row.getString(7))
                    .put("sent_at", Json.time(row.getTimestamp(8).toInstant()))
                    .put("due_at", Json.time(row.getTimestamp(9).toInstant()));
            return new Said(linked(body, "/notices"), severity);
        });
    }

    private Optional<Said> overdue(Connection connection, long stepId) throws SQLException {
        return new SqlText("""
                select s.company_id, c.name, k.case_id, k.title, k.severity, s.party, s.duty, s.due_at, s.escalated_to
                from hw.case_step s join hw.safety_case k on k.case_id = s.case_id
                    left join hw.company c on c.company_id = s.company_id
                where s.step_id = ? and s.escalated_to is not null
                """, stepId).first(connection, row -> {
            ObjectNode body = begun(Event.CASE_OVERDUE, row.getInt(1), row.getString(2));
            int severity = row.getInt(5);
            body.putObject("case")
                    .put("id", row.getLong(3))
                    .put("title", row.getString(4))
                    .put("severity", severity)
                    .put("step_id", stepId)
                    .put("party", row.getString(6))
                    .put("duty", row.getString(7))
                    .put("due_at", Json.time(row.getTimestamp(8).toInstant()))
                    .put("escalated_to", row.getString(9));
            return new Said(linked(body, "/cases/" + row.getLong(3)), severity);
        });
    }

    private Optional<Said> papers(Connection connection, int companyId, String object) throws SQLException {
        LocalDate day = LocalDate.parse(object.substring(object.indexOf(':') + 1));
        ObjectNode body = new SqlText("select name from hw.company where company_id = ?", companyId)
                .first(connection, row -> begun(Event.PAPERS_DUE, companyId, row.getString(1)))
                .orElseThrow();
        body.put("day", day.toString());
        int count = new SqlText(
                        "select count(*) from hw.paper_reminder where company_id = ? and reminded_on = ?",
                        companyId,
                        day)
                .first(connection, row -> row.getInt(1))
                .orElse(0);
        body.put("count", count);
        ArrayNode papers = body.putArray("papers");
        new SqlText("""
                select p.kind, p.owner_kind, p.owner_id, p.expires, p.expires - r.reminded_on,
                    case p.owner_kind when 'COMPANY' then (select name from hw.company where company_id = p.owner_id)
                        when 'VEHICLE' then (select plate from hw.vehicle where vehicle_id = p.owner_id)
                        else (select name from hw.driver where driver_id = p.owner_id) end
                from hw.paper_reminder r join hw.paper p on p.paper_id = r.paper_id
                where r.company_id = ? and r.reminded_on = ? order by p.expires, p.kind, p.paper_id limit ?
                """, companyId, day, MOST_PAPERS).each(connection, row -> {
            String owner = text(row, 6);
            papers.addObject()
                    .put("kind", row.getString(1))
                    .put("owner_kind", row.getString(2).toLowerCase(Locale.ROOT))
                    .put("owner_id", row.getInt(3))
                    .put("owner", row.getString(2).equals("DRIVER") ? Sight.maskedName(owner) : owner)
                    .put("expires", row.getString(4))
                    .put("days", row.getInt(5));
        });
        return count == 0
                ? Optional.empty()
                : Optional.of(new Said(linked(body, "/companies/" + companyId + "/papers?tab=reminders"), 4));
    }

    /** All lessons of one task that were found together. @param id of one of the findings */
    private Optional<Said> atTheWheel(Connection connection, long id) throws SQLException {
        return new SqlText("""
                select w.company_id, c.name, v.plate, w.vehicle_id, w.driver_id, w.task_id, x.title, x.title_en, t.state, k.certificate_no,
                    all_of.begun_at, all_of.ended_at, all_of.void_s
                from hw.study_at_wheel w cross join lateral (
                        select min(o.begun_at) as begun_at, max(o.ended_at) as ended_at, sum(o.void_s) as void_s from hw.study_at_wheel o
                        where o.task_id = w.task_id and o.found_at = w.found_at) all_of
                    join hw.training_task t on t.task_id = w.task_id join hw.course x on x.course_id = t.course_id
                    left join hw.company c on c.company_id = w.company_id left join hw.vehicle v on v.vehicle_id = w.vehicle_id
                    left join hw.certificate k on k.task_id = w.task_id
                where w.finding_id = ?
                """, id).first(connection, row -> {
            ObjectNode body = begun(Event.STUDY_AT_WHEEL, row.getInt(1), row.getString(2));
            body.putObject("study")
                    .put("task_id", row.getLong(6))
                    .put("driver_id", row.getInt(5))
                    .put("vehicle_id", row.getInt(4))
                    .put("plate", text(row, 3))
                    .put("course", row.getString(7))
                    .put("course_en", row.getString(8))
                    .put("begun_at", Json.time(row.getTimestamp(11).toInstant()))
                    .put("ended_at", Json.time(row.getTimestamp(12).toInstant()))
                    .put("void_s", row.getInt(13))
                    .put("task_state", row.getString(9))
                    .put("certificate", row.getString(10));
            return new Said(linked(body, "/companies/" + row.getInt(1) + "/at-the-wheel"), 4);
        });
    }

    private ObjectNode begun(Event event, int companyId, @Nullable String company) {
        ObjectNode body = json.createObjectNode().put("event", event.word());
        body.putObject("company").put("id", companyId).put("name", company == null ? "" : company);
        return body;
    }

    private ObjectNode linked(ObjectNode body, String path) {
        return body.put("link", publicUrl == null ? null : publicUrl + path);
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
