package io.haulwatch.training.content;

/** Why something is no question. The message is a sentence with the value; the reason is for machines and translations. */
public final class QuestionRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    QuestionRefused(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a question. */
    public enum Reason {
        ID,
        STEM_LENGTH,
        OPTION_COUNT,
        OPTION_LENGTH,
        OPTION_TWICE,
        SINGLE_NEEDS_ONE_RIGHT,
        MULTIPLE_NEEDS_TWO_RIGHT,
        MULTIPLE_NEEDS_ONE_WRONG,
        TRUE_FALSE_NEEDS_TWO,
        EXPLANATION_LENGTH,
        CLAUSE_LENGTH
    }
}
