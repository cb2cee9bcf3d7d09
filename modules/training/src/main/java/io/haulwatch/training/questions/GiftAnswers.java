package io.haulwatch.training.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the braces of a GIFT question.
 *
 * @param entries each with its mark {@code =} or {@code ~}
 * @param why general feedback after {@code ####}, or empty
 */
record GiftAnswers(List<Entry> entries, String why) {
    private static final Pattern TRUE_FALSE = Pattern.compile("(T|TRUE|F|FALSE)\\s*(#.*)?", Pattern.DOTALL);
    private static final Pattern WEIGHT = Pattern.compile("%(-?[0-9]{1,3}(?:\\.[0-9]{1,7})?)%");
    /** Far more than a question may have: what is beyond is not worth reading. */
    private static final int MOST_ENTRIES = 64;

    private static final String GENERAL = "####";

    /**
     * One answer.
     *
     * @param weight in per cent, or null where none is written
     */
    record Entry(boolean equal, @Nullable Double weight, String text, String feedback) {}

    /** What kind of question the answers make, by Moodle's rules. */
    sealed interface Kind {}

    record Truth(boolean right, String why) implements Kind {}

    record Choice(GiftAnswers answers) implements Kind {}

    /** A kind that we do not have, or none. */
    record Other(FindingCode code, String detail) implements Kind {}

    static Kind of(String braces) {
        int general = GiftEscapes.indexOf(braces, GENERAL, 0);
        String answers = (general < 0 ? braces : braces.substring(0, general)).strip();
        String why = general < 0 ? "" : GiftEscapes.undo(braces.substring(general + GENERAL.length()));
        if (answers.isEmpty()) {
            return new Other(FindingCode.ESSAY, "an essay has no key; enter it as a choice");
        }
        Matcher truth = TRUE_FALSE.matcher(answers.toUpperCase(Locale.ROOT));
        if (truth.matches()) {
            boolean right = truth.group(1).startsWith("T");
            int feedback = answers.indexOf('#');
            return new Truth(right, why(why, feedback < 0 ? "" : answers.substring(feedback)));
        }
        if (answers.startsWith("#")) {
            return new Other(FindingCode.NUMERIC, "asks for a number; enter it as a choice");
        }
        return choice(answers, why);
    }

    /** Feedback of true or false: what the wrong answer gets, then what the right one gets. */
    private static String why(String general, String feedback) {
        List<String> parts = new ArrayList<>();
        int start = feedback.isEmpty() ? -1 : 0;
        while (start >= 0) {
            int end = GiftEscapes.indexOf(feedback, "#", start + 1);
            parts.add(GiftEscapes.undo(end < 0 ? feedback.substring(start + 1) : feedback.substring(start + 1, end)));
            start = end;
        }
        List<String> said = new ArrayList<>();
        said.add(general);
        said.addAll(parts.reversed());
        return lines(said);
    }

    static String lines(List<String> said) {
        return String.join(
                "\n",
                said.stream().map(PlainText::of).filter(line -> !line.isEmpty()).toList());
    }

    private static Kind choice(String answers, String why) {
        List<Entry> entries = new ArrayList<>();
        int start = GiftEscapes.indexOfAny(answers, "=~", 0);
        if (start != 0) {
            return new Other(
                    FindingCode.ANSWERS_UNREADABLE,
                    "each answer begins with = where it is right and with ~ where it is wrong");
        }
        while (start >= 0) {
            int end = GiftEscapes.indexOfAny(answers, "=~", start + 1);
            Optional<Entry> entry =
                    entry(answers.charAt(start) == '=', answers.substring(start + 1, end < 0 ? answers.length() : end));
            if (entry.isEmpty()) {
                return new Other(
                        FindingCode.WEIGHT_UNREADABLE, "a weight is a number between per cent signs, such as ~%50%");
            }
            entries.add(entry.get());
            if (entries.size() > MOST_ENTRIES) {
                return new Other(FindingCode.QUESTION_OPTION_COUNT, "a question has 2 to 8 options; divide it");
            }
            start = end;
        }
        if (entries.stream().allMatch(Entry::equal)) {
            return entries.stream().allMatch(entry -> entry.text().contains("->"))
                    ? new Other(FindingCode.MATCHING, "asks to match; enter it as choices")
                    : new Other(FindingCode.SHORT_ANSWER, "asks for words; enter it as a choice");
        }
        return new Choice(new GiftAnswers(entries, why));
    }

    private static Optional<Entry> entry(boolean equal, String written) {
        String rest = written.strip();
        Double weight = null;
        if (rest.startsWith("%")) {
            Matcher percent = WEIGHT.matcher(rest);
            if (!percent.lookingAt()) {
                return Optional.empty();
            }
            weight = Double.valueOf(percent.group(1));
            rest = rest.substring(percent.end());
        }
        int feedback = GiftEscapes.indexOf(rest, "#", 0);
        String text = feedback < 0 ? rest : rest.substring(0, feedback);
        return Optional.of(new Entry(
                equal,
                weight,
                GiftEscapes.undo(GiftEscapes.withoutFormat(text.strip())).strip(),
                feedback < 0
                        ? ""
                        : GiftEscapes.undo(rest.substring(feedback + 1)).strip()));
    }

    /** By Moodle's rule an answer with {@code =} makes a single choice; without any, weights above 0 are the right ones. */
    boolean isRight(Entry entry) {
        return hasEqual() ? entry.equal() : entry.weight() != null && entry.weight() > 0;
    }

    boolean hasEqual() {
        return entries.stream().anyMatch(Entry::equal);
    }

    boolean dropsPartialCredit() {
        return hasEqual()
                && entries.stream().anyMatch(entry -> !entry.equal() && entry.weight() != null && entry.weight() > 0);
    }

    /** All feedback in one: the general one, that of right answers, then that of wrong ones after their words. */
    String explanation() {
        List<String> said = new ArrayList<>();
        said.add(why);
        entries.stream().filter(this::isRight).map(Entry::feedback).forEach(said::add);
        entries.stream()
                .filter(entry -> !isRight(entry) && !entry.feedback().isEmpty())
                .map(entry -> entry.text() + "：" + entry.feedback())
                .forEach(said::add);
        return lines(said);
    }
}
