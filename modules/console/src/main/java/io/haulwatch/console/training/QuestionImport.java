package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.questions.Aiken;
import io.haulwatch.training.questions.BankReport;
import io.haulwatch.training.questions.Finding;
import io.haulwatch.training.questions.Gift;
import io.haulwatch.training.questions.StemKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes question banks in from GIFT and Aiken. A dry run says by line what would become of each question and changes nothing. A question that the course
 * has already, however it is spaced and punctuated, is left out.
 */
final class QuestionImport {
    /** Findings and duplicates that a report shows; of the rest it says how many there are. */
    private static final int MOST_SHOWN = 500;

    private static final int LONGEST_CODE = 60;
    private static final int SHOWN_STEM = 80;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;

    QuestionImport(ScopedDatabase database, AuditLog audit, ObjectMapper json, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.file("/api/v1/courses/:id/question-imports", Right.WRITE_COURSES, this::take));
    }

    /** @param severity note: taken with a change; review: left for somebody to look at; fault: the text has to be mended */
    record FindingRow(int line, String code, String severity, String detail) {
        static FindingRow of(Finding finding) {
            return new FindingRow(
                    finding.line(),
                    finding.code().name().toLowerCase(Locale.ROOT),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.detail());
        }
    }

    /** A question that the course has. @param there its code in the course */
    record Duplicate(String code, String stem, String there) {}

    /**
     * What became of a bank, or would.
     *
     * @param read questions that could be read
     * @param added of these, as new questions
     * @param duplicates that the course has already
     * @param found findings in all
     */
    record Report(
            boolean dryRun,
            String format,
            int read,
            int added,
            int duplicates,
            int found,
            List<FindingRow> findings,
            List<Duplicate> duplicate) {}

    private Answer take(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        int me = call.user().userId();
        String format = call.word("format", List.of("gift", "aiken"));
        boolean dry = "true".equals(call.word("dry_run", List.of("true", "false")));
        // A course that is not there is told of before a format that is missing.
        database.read(call.scope(), me, connection -> CourseRoutes.need(connection, call.scope(), course));
        if (format == null) {
            throw Refusal.badValue("The query needs format=gift or format=aiken.");
        }
        String text = new String(call.fileBytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw Refusal.badValue("The body is the bank itself, a text in UTF-8; it is empty.");
        }
        BankReport bank = format.equals("gift") ? Gift.parse(text) : Aiken.parse(text);
        Report report = dry
                ? database.read(call.scope(), me, connection -> report(connection, course, format, bank, true, me))
                : database.write(call.scope(), me, connection -> {
                    new SqlText("select 1 from hw.course where course_id = ? for update", course)
                            .first(connection, row -> true);
                    Report taken = report(connection, course, format, bank, false, me);
                    audit.add(
                            connection,
                            me,
                            "question.import",
                            "course:" + course,
                            Map.of("format", format, "added", taken.added, "duplicates", taken.duplicates),
                            call.address());
                    return taken;
                });
        return Answer.json(report);
    }

    private Report report(Connection connection, int course, String format, BankReport bank, boolean dry, int userId)
            throws SQLException {
        Map<String, String> stems = new HashMap<>();
        Set<String> codes = new HashSet<>();
        new SqlText("""
                select q.code, v.stem from hw.question q join lateral (
                    select stem from hw.question_version v where v.question_id = q.question_id order by version desc limit 1) v on true
                where q.course_id = ?
                """, course).each(connection, row -> {
            codes.add(row.getString(1));
            stems.putIfAbsent(StemKey.of(row.getString(2)), row.getString(1));
        });
        Instant now = clock.instant();
        List<Duplicate> duplicates = new ArrayList<>();
        int added = 0;
        for (Question question : bank.taken()) {
            String there = stems.get(StemKey.of(question.stem().zh()));
            if (there != null) {
                duplicates.add(new Duplicate(question.id(), cut(question.stem().zh(), SHOWN_STEM), there));
                continue;
            }
            String code = free(question.id(), codes);
            codes.add(code);
            added++;
            if (!dry) {
                int id = new SqlText(
                                "insert into hw.question (course_id, code) values (?, ?) returning question_id",
                                course,
                                code)
                        .first(connection, row -> row.getInt(1))
                        .orElseThrow();
                QuestionBook.add(connection, id, question, json, userId, false, now);
            }
        }
        return new Report(
                dry,
                format,
                bank.taken().size(),
                added,
                duplicates.size(),
                bank.findings().size(),
                bank.findings().stream().limit(MOST_SHOWN).map(FindingRow::of).toList(),
                List.copyOf(duplicates.subList(0, Math.min(MOST_SHOWN, duplicates.size()))));
    }

    /** A code that the course does not have: the bank's own, or that with a number behind it. */
    private static String free(String code, Set<String> taken) {
        String free = code;
        for (int i = 2; taken.contains(free); i++) {
            String end = "-" + i;
            free = cut(code, LONGEST_CODE - end.length()) + end;
        }
        return free;
    }

    /** A text without what is too long, and without half a character at its end. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
