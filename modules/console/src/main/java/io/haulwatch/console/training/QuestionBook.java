package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes versions of questions; there is no other way to change one. */
final class QuestionBook {
    private QuestionBook() {}

    /**
     * Adds a version, unless the newest one says the same.
     *
     * @param own whether only versions by the same maker are compared
     * @return 1 if it was added
     */
    static int add(
            Connection connection, int id, Question question, ObjectMapper json, int userId, boolean own, Instant now)
            throws SQLException {
        return new SqlText(
                        """
                        insert into hw.question_version (question_id, version, kind, difficulty, stem, stem_en, options, explanation, explanation_en,
                            clause, clause_en, effective, made_by, made_at)
                        select n.id, (select coalesce(max(version), 0) + 1 from hw.question_version v where v.question_id = n.id), n.kind, n.difficulty,
                            n.stem, n.stem_en, n.options, n.explanation, n.explanation_en, n.clause, n.clause_en, n.effective, n.maker, ?
                        from (select ?::integer as id, ?::text as kind, ?::text as difficulty, ?::text as stem, nullif(?, '') as stem_en,
                                ?::jsonb as options, ?::text as explanation, nullif(?, '') as explanation_en, ?::text as clause,
                                nullif(?, '') as clause_en, nullif(?, '')::date as effective, ?::integer as maker) n
                        where not exists (
                            select from (select * from hw.question_version v where v.question_id = n.id and (not ? or v.made_by = n.maker)
                                order by version desc limit 1) o
                            where (o.kind, o.difficulty, o.stem, o.stem_en, o.options, o.explanation, o.explanation_en, o.clause, o.clause_en, o.effective)
                                is not distinct from (n.kind, n.difficulty, n.stem, n.stem_en, n.options, n.explanation, n.explanation_en, n.clause,
                                    n.clause_en, n.effective))
                        """,
                        now,
                        id,
                        question.kind().code(),
                        question.difficulty().code(),
                        question.stem().zh(),
                        english(question.stem()),
                        BuiltInCourses.options(question, json),
                        chinese(question.explanation()),
                        english(question.explanation()),
                        chinese(question.clause()),
                        english(question.clause()),
                        question.effective() == null ? "" : question.effective().toString(),
                        userId,
                        own)
                .run(connection);
    }

    private static String chinese(@Nullable Words words) {
        return words == null ? "" : words.zh();
    }

    private static String english(@Nullable Words words) {
        String english = words == null ? null : words.en();
        return english == null ? "" : english;
    }
}
