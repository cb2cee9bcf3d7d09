package io.haulwatch.training.questions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The text of a bank, in lines, as it came: with or without a byte order mark, with whatever ends of lines. */
record BankText(List<String> lines) {
    private static final int MOST_BYTES = 2_000_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    static BankText of(String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new BankText((marked ? text.substring(1) : text).lines().toList());
    }

    /** Why the whole text cannot be read. */
    static Optional<Finding> refusal(String text) {
        if (text.length() > MOST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of(new Finding(
                    1, FindingCode.TEXT_TOO_LONG, "a bank has at most 2 MB; divide it: characters=" + text.length()));
        }
        int lost = text.indexOf(REPLACEMENT);
        if (lost >= 0) {
            int line = (int) text.substring(0, lost + 1).lines().count();
            return Optional.of(new Finding(
                    line, FindingCode.NOT_UTF8, "the file is not UTF-8; save it as UTF-8 and take it in again"));
        }
        return Optional.empty();
    }
}
