package io.haulwatch.console.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.exam.PaperDraw;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The questions of courses, as they are asked. */
final class Questions {
    private static final String COLUMNS = """
            select q.question_id, q.lesson_id, v.version, v.kind, v.difficulty, v.stem, v.stem_en, v.options, v.explanation, v.explanation_en,
                v.clause, v.clause_en, v.effective::text as effective
            """;

    /** Live questions of a course in their newest version. */
    private static final String LIVE = COLUMNS + """
            from hw.question q cross join lateral (
                select * from hw.question_version v where v.question_id = q.question_id order by v.version desc limit 1) v
            where q.state = 'live' and q.course_id = ?
            """;

    private final ObjectMapper json;

    Questions(ObjectMapper json) {
        this.json = json;
    }

    /** An option. @param n its place in the question, which answers name */
    record OptionView(int n, String text, @Nullable String textEn) {}

    /** A question in one version, with its answer. */
    record Asked(
            int questionId,
            @Nullable Integer lessonId,
            int version,
            String kind,
            String difficulty,
            String stem,
            @Nullable String stemEn,
            List<OptionView> options,
            Set<Integer> right,
            String explanation,
            @Nullable String explanationEn,
            String clause,
            @Nullable String clauseEn,
            @Nullable String effective) {
        /** For the draw: a paper asks of every lesson. */
        PaperDraw.Item item() {
            return new PaperDraw.Item(
                    questionId,
                    version,
                    lessonId == null ? "" : Integer.toString(lessonId),
                    Difficulty.of(difficulty),
                    QuestionKind.of(kind),
                    options.size());
        }
    }

    /** Live questions of a course. */
    List<Asked> live(Connection connection, int courseId) throws SQLException {
        return new SqlText(LIVE, courseId).add("order by q.question_id").list(connection, this::asked);
    }

    /** The same that belong to a lesson, by lesson. */
    Map<Integer, List<Asked>> ofLessons(Connection connection, int courseId) throws SQLException {
        Map<Integer, List<Asked>> found = new HashMap<>();
        for (Asked asked : live(connection, courseId)) {
            Integer lesson = asked.lessonId;
            if (lesson != null) {
                found.computeIfAbsent(lesson, none -> new ArrayList<>()).add(asked);
            }
        }
        return found;
    }

    /** One version of a question. */
    Optional<Asked> one(Connection connection, int questionId, int version) throws SQLException {
        return new SqlText(
                        COLUMNS
                                + "from hw.question q join hw.question_version v on v.question_id = q.question_id where q.question_id = ? and v.version = ?",
                        questionId,
                        version)
                .first(connection, this::asked);
    }

    /** The questions of an attempt in the versions that it was drawn with. */
    Map<Integer, Asked> ofAttempt(Connection connection, UUID attemptId) throws SQLException {
        Map<Integer, Asked> found = new HashMap<>();
        new SqlText(COLUMNS + """
                                from hw.exam_answer a join hw.question q on q.question_id = a.question_id
                                    join hw.question_version v on v.question_id = a.question_id and v.version = a.version
                                where a.attempt_id = ?
                                """, attemptId).each(connection, row -> {
            Asked asked = asked(row);
            found.put(asked.questionId, asked);
        });
        return found;
    }

    /** Options that somebody chose, by their place in the question. @throws Refusal if it is no list of such places */
    static Set<Integer> chosen(JsonNode given, int options) {
        Set<Integer> chosen = chosenOrNull(given, options);
        if (chosen == null) {
            throw Refusal.badValue("\"given\" is a list of places of options, each once, from 0 to " + (options - 1)
                    + ": " + (given.isMissingNode() ? "missing" : "not so") + ".");
        }
        return chosen;
    }

    /** The same; null if it is no list of such places. */
    static @Nullable Set<Integer> chosenOrNull(JsonNode given, int options) {
        if (!given.isArray() || given.size() > options) {
            return null;
        }
        Set<Integer> chosen = new TreeSet<>();
        for (JsonNode each : given) {
            if (!each.isInt() || each.intValue() < 0 || each.intValue() >= options || !chosen.add(each.intValue())) {
                return null;
            }
        }
        return chosen;
    }

    private Asked asked(ResultSet row) throws SQLException {
        JsonNode options;
        try {
            options = json.readTree(row.getString("options"));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
        int lesson = row.getInt("lesson_id");
        Integer lessonId = row.wasNull() ? null : (Integer) lesson;
        List<OptionView> views = new ArrayList<>();
        Set<Integer> right = new TreeSet<>();
        IntStream.range(0, options.size()).forEach(n -> {
            JsonNode option = options.get(n);
            views.add(new OptionView(
                    n,
                    option.path("text").asText(),
                    option.path("text_en").isTextual() ? option.get("text_en").textValue() : null));
            if (option.path("right").asBoolean()) {
                right.add(n);
            }
        });
        return new Asked(
                row.getInt("question_id"),
                lessonId,
                row.getInt("version"),
                row.getString("kind"),
                row.getString("difficulty"),
                row.getString("stem"),
                row.getString("stem_en"),
                List.copyOf(views),
                Set.copyOf(right),
                row.getString("explanation"),
                row.getString("explanation_en"),
                row.getString("clause"),
                row.getString("clause_en"),
                row.getString("effective"));
    }
}
