package io.haulwatch.training.content;

import io.haulwatch.training.content.QuestionRefused.Reason;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One question (试题). It cannot be made such that it cannot be answered or marked.
 *
 * @param id unique within its course or its file, 1 to 60 characters
 * @param lesson id of the lesson that teaches the answer, or null for a question of a bank
 * @param topic knowledge area (知识点), or null where nobody said
 * @param stem up to 1,000 characters
 * @param options 2 to 8, up to 300 characters each, no two the same
 * @param explanation why, shown after answering, up to 2,000 characters, or null
 * @param clause law and article (法规依据), up to 200 characters, or null
 * @param effective since when the answer is the right one, or null
 */
public record Question(
        String id,
        @Nullable String lesson,
        @Nullable String topic,
        QuestionKind kind,
        Difficulty difficulty,
        Words stem,
        List<Option> options,
        @Nullable Words explanation,
        @Nullable Words clause,
        @Nullable LocalDate effective) {
    private static final int ID_LONGEST = 60;
    private static final int STEM_LONGEST = 1_000;
    private static final int OPTIONS_FEWEST = 2;
    private static final int OPTIONS_MOST = 8;
    private static final int OPTION_LONGEST = 300;
    private static final int EXPLANATION_LONGEST = 2_000;
    private static final int CLAUSE_LONGEST = 200;

    /** One answer to choose. */
    public record Option(Words text, boolean right) {}

    /** @throws QuestionRefused with the reason */
    public Question {
        options = List.copyOf(options);
        if (id.isBlank() || id.length() > ID_LONGEST || id.chars().anyMatch(Character::isISOControl)) {
            throw new QuestionRefused(Reason.ID, "an id has 1 to 60 printable characters: id=" + id);
        }
        if (stem.longest() > STEM_LONGEST) {
            throw refused(Reason.STEM_LENGTH, "a stem has at most 1000 characters", id, stem.longest());
        }
        checkOptions(id, kind, options);
        if (explanation != null && explanation.longest() > EXPLANATION_LONGEST) {
            throw refused(
                    Reason.EXPLANATION_LENGTH, "an explanation has at most 2000 characters", id, explanation.longest());
        }
        if (clause != null && clause.longest() > CLAUSE_LONGEST) {
            throw refused(Reason.CLAUSE_LENGTH, "a clause has at most 200 characters", id, clause.longest());
        }
    }

    private static void checkOptions(String id, QuestionKind kind, List<Option> options) {
        if (options.size() < OPTIONS_FEWEST || options.size() > OPTIONS_MOST) {
            throw refused(Reason.OPTION_COUNT, "a question has 2 to 8 options", id, options.size());
        }
        Set<String> said = new HashSet<>();
        for (Option option : options) {
            if (option.text().longest() > OPTION_LONGEST) {
                throw refused(
                        Reason.OPTION_LENGTH,
                        "an option has at most 300 characters",
                        id,
                        option.text().longest());
            }
            if (!said.add(option.text().zh().strip())) {
                throw new QuestionRefused(
                        Reason.OPTION_TWICE,
                        "no two options say the same: question=" + id + ", option="
                                + option.text().zh());
            }
        }
        int right = (int) options.stream().filter(Option::right).count();
        switch (kind) {
            case SINGLE -> {
                if (right != 1) {
                    throw refused(
                            Reason.SINGLE_NEEDS_ONE_RIGHT, "a single choice has exactly one right option", id, right);
                }
            }
            case MULTIPLE -> {
                if (right < 2) {
                    throw refused(
                            Reason.MULTIPLE_NEEDS_TWO_RIGHT,
                            "a multiple choice has two right options or more",
                            id,
                            right);
                }
                if (right == options.size()) {
                    throw refused(
                            Reason.MULTIPLE_NEEDS_ONE_WRONG,
                            "a multiple choice has one wrong option or more",
                            id,
                            right);
                }
            }
            case TRUE_FALSE -> {
                if (options.size() != 2 || right != 1) {
                    throw refused(
                            Reason.TRUE_FALSE_NEEDS_TWO,
                            "true or false has two options, one of them right",
                            id,
                            options.size());
                }
            }
        }
    }

    private static QuestionRefused refused(Reason reason, String rule, String id, int count) {
        return new QuestionRefused(reason, rule + ": question=" + id + ", count=" + count);
    }

    /** Places of the right options in {@link #options}, from 0. */
    public Set<Integer> right() {
        Set<Integer> right = new TreeSet<>();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).right()) {
                right.add(i);
            }
        }
        return right;
    }
}
