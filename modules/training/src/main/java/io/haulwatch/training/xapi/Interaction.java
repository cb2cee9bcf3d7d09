package io.haulwatch.training.xapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Question.Option;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.TrueFalse;
import io.haulwatch.training.content.Words;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A question as an interaction of xAPI 1.0.3, appendix C: options are called {@code o0}, {@code o1} …, and {@code [,]} stands between several. */
final class Interaction {
    private Interaction() {}

    static void define(ObjectNode definition, Question question) {
        definition.put("type", Statements.ACTIVITY_TYPES + "cmi.interaction");
        put(definition.putObject("description"), question.stem());
        boolean truth = isTruth(question);
        definition.put("interactionType", truth ? "true-false" : "choice");
        definition.putArray("correctResponsesPattern").add(response(question, question.right()));
        if (!truth) {
            ArrayNode choices = definition.putArray("choices");
            for (int i = 0; i < question.options().size(); i++) {
                ObjectNode choice = choices.addObject();
                choice.put("id", "o" + i);
                put(choice.putObject("description"), question.options().get(i).text());
            }
        }
    }

    static String response(Question question, Set<Integer> places) {
        if (!isTruth(question)) {
            return new TreeSet<>(places).stream().map(place -> "o" + place).collect(Collectors.joining("[,]"));
        }
        return places.stream()
                .map(place -> Boolean.toString(
                        TrueFalse.isTrue(question.options().get(place).text().zh())))
                .collect(Collectors.joining());
    }

    /** Options may say something else than true and false, such as can and cannot; then they are a choice of two. */
    private static boolean isTruth(Question question) {
        Option first = question.options().getFirst();
        return question.kind() == QuestionKind.TRUE_FALSE
                && TrueFalse.isPair(
                        first.text().zh(), question.options().getLast().text().zh());
    }

    private static void put(ObjectNode languages, Words words) {
        languages.put("zh-CN", words.zh());
        if (words.en() != null) {
            languages.put("en", words.en());
        }
    }
}
