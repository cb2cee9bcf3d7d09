package io.haulwatch.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.commands.CabText;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are offered to be said to the cab, by rule and language: those that came with the product, and what an administrator made of them. */
final class CabTexts {
    /** Offered after a rule's own. */
    static final String ANY = "any";

    static final List<String> RULES = List.of(
            "speeding",
            "fatigue",
            "fatigue_night",
            "cum24",
            "papers",
            "card_change_moving",
            "speed_source_mismatch",
            "terminal_alarm",
            ANY);
    static final List<String> LANGUAGES = List.of("zh-CN", "en");
    /** Texts of a rule and language. */
    static final int PLACES = 3;

    /** Stands for the limit of the alarm in km/h. */
    private static final String LIMIT = "{limit}";
    /** Rules whose alarms have one. */
    private static final Set<String> WITH_LIMIT = Set.of("speeding");
    /** As long as a limit gets. */
    private static final String LONGEST_LIMIT = "120";

    private static final Pattern BRACES = Pattern.compile("[{][^{}]*[}]|[{}]");

    private static final String BOTH = """
            select rule, language, place, b.words as built_in, c.words as changed, c.changed_at,
                (select coalesce(u.display_name, u.username) from hw.app_user u where u.user_id = c.changed_by) as changed_by
            from hw.cab_text b full join hw.cab_text_change c using (rule, language, place)
            """;

    private CabTexts() {}

    /** What can be said about an alarm, what fits best first; a text that needs a limit is not offered without one. */
    static List<Offer> of(Connection connection, AlarmRow row) throws SQLException {
        JsonNode limit = row.measures().path("limit_decikmh");
        return new SqlText(BOTH + "where rule in (?, ?)", row.rule(), ANY)
                .add("order by language desc, rule = ?, place", ANY).list(connection, CabTexts::text).stream()
                        .filter(text -> !text.words.isEmpty())
                        .filter(text -> limit.isNumber() || !text.words.contains(LIMIT))
                        .map(text -> new Offer(
                                text.language, text.words.replace(LIMIT, Integer.toString(limit.asInt() / 10))))
                        .toList();
    }

    /** All of them. */
    static List<Text> all(Connection connection) throws SQLException {
        return new SqlText(BOTH + "order by rule, language desc, place").list(connection, CabTexts::text);
    }

    /** One of them, as it stands; empty words if there is none. */
    static String words(Connection connection, String rule, String language, int place) throws SQLException {
        return new SqlText(BOTH + "where rule = ? and language = ? and place = ?", rule, language, place)
                .first(connection, row -> text(row).words)
                .orElse("");
    }

    /** Says another one in its place. */
    static void change(
            Connection connection, String rule, String language, int place, String words, int userId, Instant at)
            throws SQLException {
        new SqlText("""
                        insert into hw.cab_text_change (rule, language, place, words, changed_by, changed_at) values (?, ?, ?, ?, ?, ?)
                        on conflict (rule, language, place) do update set words = excluded.words, changed_by = excluded.changed_by,
                            changed_at = excluded.changed_at
                        """, rule, language, place, words, userId, at).run(connection);
    }

    /** Goes back to what came with the product. */
    static void reset(Connection connection, String rule, String language, int place) throws SQLException {
        new SqlText(
                        "delete from hw.cab_text_change where rule = ? and language = ? and place = ?",
                        rule,
                        language,
                        place)
                .run(connection);
    }

    /** @throws Refusal if terminals cannot be sent it, or if it stands for something that an alarm of the rule does not have */
    static void check(String rule, String words) {
        Matcher braces = BRACES.matcher(words);
        while (braces.find()) {
            if (!braces.group().equals(LIMIT)) {
                throw Refusal.badValue(
                        "\"words\" knows " + LIMIT + " and nothing else in braces: " + braces.group() + ".");
            }
            if (!WITH_LIMIT.contains(rule)) {
                throw Refusal.badValue(
                        "An alarm of this rule has no limit that " + LIMIT + " could stand for: rule=" + rule + ".");
            }
        }
        CabText.check("words", filled(words));
    }

    /** The text at its longest. */
    private static String filled(String words) {
        return words.replace(LIMIT, LONGEST_LIMIT);
    }

    private static Text text(ResultSet row) throws SQLException {
        String builtIn = row.getString("built_in");
        String changed = row.getString("changed");
        Timestamp at = row.getTimestamp("changed_at");
        String words = changed != null ? changed : builtIn == null ? "" : builtIn;
        return new Text(
                row.getString("rule"),
                row.getString("language"),
                row.getInt("place"),
                words,
                builtIn,
                CabText.bytes(filled(words)),
                row.getString("changed_by"),
                at == null ? null : Json.time(at.toInstant()));
    }

    /** What can be said to the cab. */
    record Offer(String language, String words) {}

    /**
     * A text in its place.
     *
     * @param words as it is offered; empty: it is not
     * @param builtIn what came with the product; null if there was none
     * @param bytes that it takes in a message at its longest
     * @param changedAt null as long as it is what came with the product
     */
    record Text(
            String rule,
            String language,
            int place,
            String words,
            @Nullable String builtIn,
            int bytes,
            @Nullable String changedBy,
            @Nullable String changedAt) {}
}
