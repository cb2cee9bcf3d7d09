package io.haulwatch.training.questions;

import io.haulwatch.training.content.QuestionRefused;

/** What can be found in a question bank, and what became of the question. */
public enum FindingCode {
    /** More than 2 MB. */
    TEXT_TOO_LONG(Severity.FAULT),
    /** Characters were lost before the text came here. */
    NOT_UTF8(Severity.FAULT),
    /** More than 5,000 questions; those after are not read. */
    TOO_MANY_QUESTIONS(Severity.FAULT),

    NAME_NOT_CLOSED(Severity.FAULT),
    STEM_MISSING(Severity.FAULT),
    ANSWERS_NOT_CLOSED(Severity.FAULT),
    ANSWERS_TWICE(Severity.FAULT),
    ANSWERS_UNREADABLE(Severity.FAULT),
    OPTION_EMPTY(Severity.FAULT),
    WEIGHT_UNREADABLE(Severity.FAULT),
    OPTIONS_OUT_OF_ORDER(Severity.FAULT),
    ANSWER_LINE_MISSING(Severity.FAULT),
    ANSWER_NOT_AN_OPTION(Severity.FAULT),

    QUESTION_ID(Severity.FAULT),
    QUESTION_STEM_LENGTH(Severity.FAULT),
    QUESTION_OPTION_COUNT(Severity.FAULT),
    QUESTION_OPTION_LENGTH(Severity.FAULT),
    QUESTION_OPTION_TWICE(Severity.FAULT),
    QUESTION_SINGLE_NEEDS_ONE_RIGHT(Severity.FAULT),
    QUESTION_MULTIPLE_NEEDS_TWO_RIGHT(Severity.FAULT),
    QUESTION_MULTIPLE_NEEDS_ONE_WRONG(Severity.FAULT),
    QUESTION_TRUE_FALSE_NEEDS_TWO(Severity.FAULT),
    QUESTION_EXPLANATION_LENGTH(Severity.FAULT),
    QUESTION_CLAUSE_LENGTH(Severity.FAULT),

    /** A text with no answers at all. */
    DESCRIPTION(Severity.REVIEW),
    ESSAY(Severity.REVIEW),
    MATCHING(Severity.REVIEW),
    NUMERIC(Severity.REVIEW),
    SHORT_ANSWER(Severity.REVIEW),
    /** Has a picture, sound or film, which text cannot bring along. */
    MEDIA(Severity.REVIEW),
    /** Stem and options were there before. */
    DUPLICATE(Severity.REVIEW),

    /** The stem was there before, with other options. */
    SAME_STEM(Severity.NOTE),
    /** Its name was there before, or is too long; it got another. */
    NAME_CHANGED(Severity.NOTE),
    /** Marks such as bold were taken out. */
    HTML_REMOVED(Severity.NOTE),
    /** Part of the points for a wrong option is not kept. */
    PARTIAL_CREDIT_DROPPED(Severity.NOTE);

    private final Severity severity;

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    /** What became of the question. */
    public Severity severity() {
        return severity;
    }

    static FindingCode of(QuestionRefused.Reason reason) {
        return valueOf("QUESTION_" + reason.name());
    }

    /** What became of a question. */
    public enum Severity {
        /** Taken, with a change. */
        NOTE,
        /** Not taken: somebody has to look at it and enter it by hand. */
        REVIEW,
        /** Not taken: the text has to be mended. */
        FAULT
    }
}
