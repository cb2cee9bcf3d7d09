package io.haulwatch.training.questions;

import io.haulwatch.training.content.Question;
import java.util.List;

/**
 * What was read of a question bank.
 *
 * @param taken in the order of the text; their topics are the bank's categories
 * @param findings in the order of lines
 */
public record BankReport(List<Question> taken, List<Finding> findings) {
    public BankReport {
        taken = List.copyOf(taken);
        findings = List.copyOf(findings);
    }
}
