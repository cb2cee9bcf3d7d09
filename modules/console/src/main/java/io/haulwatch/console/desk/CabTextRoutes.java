package io.haulwatch.console.desk;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.commands.CabText;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts to the cab, as an administrator wants them offered. What was begun keeps its words. */
final class CabTextRoutes {
    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    CabTextRoutes(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/desk/cab-texts", Right.WORK_AT_DESK, this::read),
                Route.patch("/api/v1/desk/cab-texts", Right.SET_CAB_TEXTS, this::change));
    }

    private Answer read(Call call) throws SQLException {
        return Answer.json(database.read(call.scope(), call.user().userId(), CabTextRoutes::view));
    }

    private Answer change(Call call) throws SQLException {
        String rule = call.oneOf("rule", CabTexts.RULES);
        String language = call.oneOf("language", CabTexts.LANGUAGES);
        int place = call.wholeNumber("place", 1, CabTexts.PLACES);
        String given = call.optionalText("words", CabText.LONGEST);
        String words = given == null ? null : given.strip();
        if (words != null && words.isEmpty() && rule.equals(CabTexts.ANY) && place == 1) {
            throw Refusal.ruleBroken(
                    "last-text", "The first text for any alarm stays: without it there might be nothing to say.");
        }
        if (words != null) {
            CabTexts.check(rule, words);
        }
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            String before = CabTexts.words(connection, rule, language, place);
            if (words == null) {
                CabTexts.reset(connection, rule, language, place);
            } else {
                CabTexts.change(connection, rule, language, place, words, me, clock.instant());
            }
            audit.add(
                    connection,
                    me,
                    "desk.cab_text",
                    "cab_text:" + rule,
                    detail(language, place, before, words),
                    call.address());
            return view(connection);
        }));
    }

    private static Map<String, Object> detail(String language, int place, String before, @Nullable String words) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("language", language);
        detail.put("place", place);
        detail.put("words_before", before);
        detail.put("words", words);
        return detail;
    }

    private static View view(Connection connection) throws SQLException {
        return new View(CabTexts.all(connection), CabText.LONGEST, CabText.LONGEST_BYTES);
    }

    /** All texts. @param longest characters @param mostBytes bytes in GBK, the encoding of JT/T 808 */
    record View(List<CabTexts.Text> texts, int longest, int mostBytes) {}
}
