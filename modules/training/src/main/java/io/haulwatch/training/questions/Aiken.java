package io.haulwatch.training.questions;

import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.TrueFalse;
import io.haulwatch.training.questions.BankCollector.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Aiken: a stem, options {@code A.} or {@code A)} from A on, {@code ANSWER: D}. Beyond the format, full-width marks are read, two letters or
 * more make a multiple choice ({@code ANSWER: ACD} or {@code A, C}), two options that say right and wrong make true or false, and a stem may have
 * several lines.
 */
public final class Aiken {
    private static final Pattern OPTION = Pattern.compile("\\s*([A-Za-z])\\s?[.)．）、]\\s*(.*)");
    private static final Pattern ANSWER = Pattern.compile("\\s*ANSWER\\s*[:：]\\s*(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z](?:[\\s,，、]*[A-Za-z]){0,25}");

    private final BankCollector bank = new BankCollector();
    private final List<String> stem = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private int startLine;
    private boolean inOrder = true;
    private boolean afterBlank;

    private Aiken() {}

    /** Reads a bank; whatever it holds, this gives a report and throws nothing. */
    public static BankReport parse(String text) {
        Optional<Finding> refusal = BankText.refusal(text);
        if (refusal.isPresent()) {
            return new BankReport(List.of(), List.of(refusal.get()));
        }
        Aiken aiken = new Aiken();
        List<String> lines = BankText.of(text).lines();
        for (int i = 0; i < lines.size(); i++) {
            aiken.line(i + 1, lines.get(i));
        }
        aiken.giveUp();
        return aiken.bank.report();
    }

    private void line(int number, String line) {
        Matcher answer = ANSWER.matcher(line);
        Matcher option = OPTION.matcher(line);
        boolean blank = line.isBlank();
        if (answer.matches()) {
            finish(number, answer.group(1).strip());
        } else if (option.matches() && !stem.isEmpty() && isNext(option.group(1))) {
            options.add(option.group(2));
        } else if (option.matches() && !options.isEmpty()) {
            inOrder = false;
            options.add(option.group(2));
        } else if (!blank) {
            if (afterBlank || !options.isEmpty()) {
                giveUp();
            }
            if (stem.isEmpty()) {
                startLine = number;
            }
            stem.add(line);
        }
        afterBlank = blank;
    }

    private boolean isNext(String letter) {
        return Character.toUpperCase(letter.charAt(0)) == 'A' + options.size();
    }

    /** What was begun has no end. */
    private void giveUp() {
        if (!stem.isEmpty() && bank.mayRead(startLine)) {
            bank.find(
                    startLine,
                    FindingCode.ANSWER_LINE_MISSING,
                    "after the stem come options from A. on and a line like ANSWER: C");
        }
        clear();
    }

    private void finish(int number, String letters) {
        if (stem.isEmpty()) {
            bank.find(number, FindingCode.STEM_MISSING, "there is no question before the answer; write one");
        } else if (bank.mayRead(startLine)) {
            judge(number, letters);
        }
        clear();
    }

    private void judge(int number, String letters) {
        if (!inOrder) {
            bank.find(
                    startLine,
                    FindingCode.OPTIONS_OUT_OF_ORDER,
                    "options are A., B., C. … in this order; number them anew");
            return;
        }
        if (!LETTERS.matcher(letters).matches()) {
            bank.find(
                    number,
                    FindingCode.ANSWER_NOT_AN_OPTION,
                    "after ANSWER: stands the letter of an option: answer=" + letters);
            return;
        }
        TreeSet<Integer> right = new TreeSet<>();
        letters.chars()
                .filter(letter -> letter < 128 && Character.isLetter(letter))
                .forEach(letter -> right.add(Character.toUpperCase(letter) - 'A'));
        if (right.last() >= options.size()) {
            bank.find(
                    number,
                    FindingCode.ANSWER_NOT_AN_OPTION,
                    "the answer names an option that is not there: answer=" + letters + ", options=" + options.size());
            return;
        }
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            drafts.add(new Draft(options.get(i), right.contains(i)));
        }
        bank.take(startLine, null, null, kind(right.size()), String.join(" ", stem), drafts, null);
    }

    private QuestionKind kind(int right) {
        if (right > 1) {
            return QuestionKind.MULTIPLE;
        }
        return options.size() == 2 && TrueFalse.isPair(options.getFirst(), options.getLast())
                ? QuestionKind.TRUE_FALSE
                : QuestionKind.SINGLE;
    }

    private void clear() {
        stem.clear();
        options.clear();
        inOrder = true;
    }
}
