package io.haulwatch.training.questions;

import io.haulwatch.training.questions.FindingCode.Severity;

/**
 * Something about a bank that somebody should know.
 *
 * @param line from 1
 * @param detail what it is and what to do, with the value
 */
public record Finding(int line, FindingCode code, String detail) {
    /** What became of the question. */
    public Severity severity() {
        return code.severity();
    }
}
