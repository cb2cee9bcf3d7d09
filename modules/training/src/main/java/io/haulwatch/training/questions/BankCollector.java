package io.haulwatch.training.questions;

import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Question.Option;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.QuestionRefused;
import io.haulwatch.training.content.TrueFalse;
import io.haulwatch.training.content.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers questions and findings of one bank, and finds what is there twice. */
final class BankCollector {
    private static final int MOST_QUESTIONS = 5_000;
    private static final int NAME_LONGEST = 60;

    private final List<Question> taken = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> lineOfStem = new HashMap<>();
    private final Map<String, Integer> lineOfQuestion = new HashMap<>();
    private int seen;

    /** Counts a question, taken or not; false where the limit is passed, which is said once. */
    boolean mayRead(int line) {
        seen++;
        if (seen == MOST_QUESTIONS + 1) {
            find(line, FindingCode.TOO_MANY_QUESTIONS, "a bank has at most 5000 questions; divide it");
        }
        return seen <= MOST_QUESTIONS;
    }

    void find(int line, FindingCode code, String detail) {
        findings.add(new Finding(line, code, detail));
    }

    /** An option as it was written. */
    record Draft(String text, boolean right) {}

    /** @param name as it was given, or null */
    void take(
            int line,
            @Nullable String name,
            @Nullable String topic,
            QuestionKind kind,
            String stem,
            List<Draft> options,
            @Nullable String explanation) {
        String all = stem
                + options.stream().map(Draft::text).collect(Collectors.joining())
                + (explanation == null ? "" : explanation);
        if (PlainText.hasMedia(all)) {
            find(line, FindingCode.MEDIA, "has a picture, sound or film; enter it by hand with its file");
            return;
        }
        String plainStem = PlainText.of(stem);
        if (plainStem.isEmpty()) {
            find(line, FindingCode.STEM_MISSING, "there is no question before the answers; write one");
            return;
        }
        List<Option> plainOptions = new ArrayList<>();
        for (Draft option : options) {
            String text = PlainText.of(option.text());
            if (text.isEmpty()) {
                find(line, FindingCode.OPTION_EMPTY, "an option says nothing; write it or take it out");
                return;
            }
            plainOptions.add(new Option(words(kind, text), option.right()));
        }
        if (isThereAlready(line, plainStem, plainOptions)) {
            return;
        }
        String why = explanation == null ? "" : explanation.strip();
        try {
            Question question = new Question(
                    id(line, name),
                    null,
                    topic,
                    kind,
                    Difficulty.MEDIUM,
                    Words.chinese(plainStem),
                    plainOptions,
                    why.isEmpty() ? null : Words.chinese(why),
                    null,
                    null);
            ids.add(question.id());
            taken.add(question);
        } catch (QuestionRefused e) {
            find(line, FindingCode.of(e.reason()), String.valueOf(e.getMessage()));
            return;
        }
        if (PlainText.hasElements(all)) {
            find(line, FindingCode.HTML_REMOVED, "marks of HTML were taken out; see that the words still say it all");
        }
    }

    /** The two options that need no author have their English, too. */
    private static Words words(QuestionKind kind, String text) {
        if (kind == QuestionKind.TRUE_FALSE) {
            return TrueFalse.words(text);
        }
        return Words.chinese(text);
    }

    private boolean isThereAlready(int line, String stem, List<Option> options) {
        String stemKey = StemKey.of(stem);
        String key = options.stream()
                .map(option -> StemKey.of(option.text().zh()) + (option.right() ? "\u0001" : "\u0002"))
                .sorted()
                .collect(Collectors.joining("", stemKey + "\u0000", ""));
        Integer sameQuestion = lineOfQuestion.putIfAbsent(key, line);
        if (sameQuestion != null) {
            find(line, FindingCode.DUPLICATE, "the same question is in line " + sameQuestion + "; one is enough");
            return true;
        }
        Integer sameStem = lineOfStem.putIfAbsent(stemKey, line);
        if (sameStem != null) {
            find(
                    line,
                    FindingCode.SAME_STEM,
                    "line " + sameStem + " asks the same with other options; see that both are right");
        }
        return false;
    }

    private String id(int line, @Nullable String name) {
        String plain = name == null ? "" : PlainText.of(name);
        if (!plain.isEmpty() && plain.length() <= NAME_LONGEST && !ids.contains(plain)) {
            return plain;
        }
        String byLine = "line-" + line;
        while (ids.contains(byLine)) {
            byLine += "-again";
        }
        if (!plain.isEmpty()) {
            find(
                    line,
                    FindingCode.NAME_CHANGED,
                    "a name has at most 60 characters and is given once; this question is now called " + byLine);
        }
        return byLine;
    }

    BankReport report() {
        findings.sort(Comparator.comparingInt(Finding::line));
        return new BankReport(taken, findings);
    }
}
