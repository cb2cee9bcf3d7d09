package io.haulwatch.training.questions;

import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.TrueFalse;
import io.haulwatch.training.questions.BankCollector.Draft;
import io.haulwatch.training.questions.GiftAnswers.Choice;
import io.haulwatch.training.questions.GiftAnswers.Other;
import io.haulwatch.training.questions.GiftAnswers.Truth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Moodle GIFT: {@code ::name:: stem {=right ~wrong#feedback}}. Blank lines divide questions, also where a brace is open, so that a fault
 * harms one question and not all after it. Single, multiple and true or false are taken; other kinds are found and left.
 */
public final class Gift {
    private static final String CATEGORY = "$CATEGORY:";
    private static final int CATEGORY_LONGEST = 100;
    /** Where a Moodle course keeps its categories says nothing about them. */
    private static final Pattern ROOT = Pattern.compile("^(?:\\$[a-z0-9]+\\$/?)?(?:top/|top$)?");

    private final BankCollector bank = new BankCollector();
    private final StringBuilder block = new StringBuilder();
    private @Nullable String category;
    private int startLine;

    private Gift() {}

    /** Reads a bank; whatever it holds, this gives a report and throws nothing. */
    public static BankReport parse(String text) {
        Optional<Finding> refusal = BankText.refusal(text);
        if (refusal.isPresent()) {
            return new BankReport(List.of(), List.of(refusal.get()));
        }
        Gift gift = new Gift();
        List<String> lines = BankText.of(text).lines();
        for (int i = 0; i < lines.size(); i++) {
            gift.line(i + 1, lines.get(i));
        }
        gift.endBlock();
        return gift.bank.report();
    }

    private void line(int number, String line) {
        String stripped = line.strip();
        if (stripped.startsWith("//")) {
            return;
        }
        if (stripped.isEmpty()) {
            endBlock();
        } else if (stripped.startsWith(CATEGORY)) {
            endBlock();
            category = category(stripped.substring(CATEGORY.length()));
        } else {
            if (block.isEmpty()) {
                startLine = number;
            }
            block.append(line).append('\n');
        }
    }

    private static @Nullable String category(String written) {
        String name = PlainText.of(ROOT.matcher(written.strip()).replaceFirst(""));
        String kept = name.substring(0, Math.min(name.length(), CATEGORY_LONGEST));
        return kept.isEmpty() ? null : kept;
    }

    private void endBlock() {
        String text = block.toString().strip();
        block.setLength(0);
        if (!text.isEmpty() && bank.mayRead(startLine)) {
            question(text);
        }
    }

    private void question(String text) {
        String name = null;
        String rest = text;
        if (text.startsWith("::")) {
            int end = GiftEscapes.indexOf(text, "::", 2);
            if (end < 0) {
                find(FindingCode.NAME_NOT_CLOSED, "a name ends with two colons, such as ::FAT-001::");
                return;
            }
            name = GiftEscapes.undo(text.substring(2, end)).strip();
            rest = text.substring(end + 2).strip();
        }
        int open = GiftEscapes.indexOf(rest, "{", 0);
        int close = GiftEscapes.indexOf(rest, "}", Math.max(0, open));
        if (open < 0 && close < 0) {
            find(FindingCode.DESCRIPTION, "has no answers in braces; a question has {=right ~wrong}");
            return;
        }
        if (open < 0 || close < 0) {
            find(
                    FindingCode.ANSWERS_NOT_CLOSED,
                    "answers stand between { and } without a blank line; a brace within words is written \\{ or \\}");
            return;
        }
        if (GiftEscapes.indexOfAny(rest, "{}", close + 1) >= 0
                || GiftEscapes.indexOf(rest.substring(0, close), "{", open + 1) >= 0) {
            find(
                    FindingCode.ANSWERS_TWICE,
                    "a question has one pair of braces; put a blank line between questions and write \\{ or \\} within words");
            return;
        }
        String before = GiftEscapes.undo(
                GiftEscapes.withoutFormat(rest.substring(0, open).strip()));
        String after = GiftEscapes.undo(rest.substring(close + 1)).strip();
        String stem = after.isEmpty() ? before : before + "____" + after;
        take(name, stem, rest.substring(open + 1, close));
    }

    private void take(@Nullable String name, String stem, String braces) {
        switch (GiftAnswers.of(braces)) {
            case Other other -> find(other.code(), other.detail());
            case Truth truth ->
                bank.take(
                        startLine,
                        name,
                        category,
                        QuestionKind.TRUE_FALSE,
                        stem,
                        List.of(
                                new Draft(TrueFalse.TRUE.zh(), truth.right()),
                                new Draft(TrueFalse.FALSE.zh(), !truth.right())),
                        truth.why());
            case Choice choice -> takeChoice(name, stem, choice.answers());
        }
    }

    private void takeChoice(@Nullable String name, String stem, GiftAnswers answers) {
        List<Draft> options = answers.entries().stream()
                .map(entry -> new Draft(entry.text(), answers.isRight(entry)))
                .toList();
        long right = options.stream().filter(Draft::right).count();
        boolean single = answers.hasEqual() || right <= 1;
        if (answers.dropsPartialCredit()) {
            find(
                    FindingCode.PARTIAL_CREDIT_DROPPED,
                    "points for options that are partly right are not kept; only the one with = is right");
        }
        bank.take(
                startLine,
                name,
                category,
                single ? QuestionKind.SINGLE : QuestionKind.MULTIPLE,
                stem,
                options,
                answers.explanation());
    }

    private void find(FindingCode code, String detail) {
        bank.find(startLine, code, detail);
    }
}
