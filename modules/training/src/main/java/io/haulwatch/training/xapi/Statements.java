package io.haulwatch.training.xapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.training.content.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds statements of xAPI 1.0.3 in our own profile. A driver is an account of his company, never a name, a number of his papers or an address.
 * Statements do not change: what was wrong is voided and said anew.
 */
public final class Statements {
    /** Value of the header {@code X-Experience-API-Version}. */
    public static final String VERSION = "1.0.3";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final String ACTIVITY_TYPES = "http://adlnet.gov/expapi/activities/";
    private static final BigDecimal POINTS = BigDecimal.valueOf(100);

    private Statements() {}

    /**
     * What all statements of one sitting have in common.
     *
     * @param registration of the assignment that he works on
     * @param plan within which it was given, or null
     */
    public record Sitting(
            long company,
            long driver,
            UUID registration,
            @Nullable String plan) {}

    /**
     * A course, or one of its lessons.
     *
     * @param lesson or null for the course as a whole
     */
    public record Part(String course, @Nullable String lesson) {
        String iri() {
            return lesson == null ? courseIri() : courseIri() + ":lesson:" + lesson;
        }

        String courseIri() {
            return "urn:haulwatch:course:" + course;
        }
    }

    /** A course or a lesson was launched, begun or ended: nothing but that. */
    public static ObjectNode of(UUID id, Instant at, Sitting sitting, Verb verb, Part part) {
        return statement(id, at, sitting, verb, part);
    }

    /**
     * Study of a lesson.
     *
     * @param verb {@link Verb#PROGRESSED}, {@link Verb#COMPLETED} or {@link Verb#TERMINATED}
     * @param credited study that counts
     * @param checkIns presence checks in their order, true where somebody answered
     */
    public static ObjectNode studied(
            UUID id,
            Instant at,
            Sitting sitting,
            Verb verb,
            Part part,
            boolean completed,
            Duration credited,
            List<Boolean> checkIns) {
        ObjectNode statement = statement(id, at, sitting, verb, part);
        ObjectNode result = statement.putObject("result");
        result.put("completion", completed);
        result.put("duration", duration(credited));
        ObjectNode extensions = result.putObject("extensions");
        extensions.put("urn:haulwatch:ext:credited_s", credited.toSeconds());
        var answered = extensions.putArray("urn:haulwatch:ext:checkins");
        checkIns.forEach(present -> answered.add(present ? 1 : 0));
        return statement;
    }

    /**
     * An exam was passed or failed.
     *
     * @param score of 100
     * @param taken time that it took
     */
    public static ObjectNode examined(
            UUID id, Instant at, Sitting sitting, Part part, BigDecimal score, boolean passed, Duration taken) {
        if (score.signum() < 0 || score.compareTo(POINTS) > 0) {
            throw new IllegalArgumentException("a score is 0 to 100: score=" + score);
        }
        ObjectNode statement = statement(id, at, sitting, passed ? Verb.PASSED : Verb.FAILED, part);
        ObjectNode result = statement.putObject("result");
        result.putObject("score")
                .put("scaled", score.movePointLeft(2))
                .put("raw", score)
                .put("min", 0)
                .put("max", 100);
        result.put("success", passed);
        result.put("completion", true);
        result.put("duration", duration(taken));
        return statement;
    }

    /**
     * A question was answered.
     *
     * @param question in the version that was asked
     * @param chosen places of the chosen options in the question, from 0
     */
    public static ObjectNode answered(
            UUID id, Instant at, Sitting sitting, Part part, Question question, SortedSet<Integer> chosen) {
        ObjectNode statement = statement(id, at, sitting, Verb.ANSWERED, part);
        ((ObjectNode) statement.at("/context/contextActivities"))
                .putArray("parent")
                .addObject()
                .put("id", part.iri());
        ObjectNode object = statement.putObject("object");
        object.put("objectType", "Activity");
        object.put("id", part.courseIri() + ":question:" + question.id());
        Interaction.define(object.putObject("definition"), question);
        ObjectNode result = statement.putObject("result");
        result.put("success", chosen.equals(question.right()));
        result.put("response", Interaction.response(question, chosen));
        return statement;
    }

    /** Takes back a statement; by the specification it has neither result nor lesson, and its object is the statement. */
    public static ObjectNode voided(UUID id, Instant at, Sitting sitting, UUID earlier) {
        ObjectNode statement = head(id, sitting, Verb.VOIDED);
        statement.putObject("object").put("objectType", "StatementRef").put("id", earlier.toString());
        statement.put("timestamp", timestamp(at));
        return statement;
    }

    private static ObjectNode statement(UUID id, Instant at, Sitting sitting, Verb verb, Part part) {
        if (verb == Verb.VOIDED) {
            throw new IllegalArgumentException("what is voided is a statement and no lesson: id=" + id);
        }
        ObjectNode statement = head(id, sitting, verb);
        ObjectNode object = statement.putObject("object");
        object.put("objectType", "Activity");
        object.put("id", part.iri());
        object.putObject("definition").put("type", ACTIVITY_TYPES + (part.lesson() == null ? "course" : "lesson"));
        ObjectNode context = statement.putObject("context");
        context.put("registration", sitting.registration().toString());
        context.put("language", "zh-CN");
        ObjectNode activities = context.putObject("contextActivities");
        if (part.lesson() != null) {
            activities.putArray("parent").addObject().put("id", part.courseIri());
        }
        if (sitting.plan() != null) {
            activities.putArray("category").addObject().put("id", "urn:haulwatch:plan:" + sitting.plan());
        }
        statement.put("timestamp", timestamp(at));
        return statement;
    }

    private static ObjectNode head(UUID id, Sitting sitting, Verb verb) {
        ObjectNode statement = JSON.objectNode();
        statement.put("id", id.toString());
        ObjectNode actor = statement.putObject("actor");
        actor.put("objectType", "Agent");
        actor.putObject("account")
                .put("homePage", "urn:haulwatch:tenant:" + sitting.company())
                .put("name", "driver-" + sitting.driver());
        ObjectNode said = statement.putObject("verb");
        said.put("id", verb.id());
        said.putObject("display").put("zh-CN", verb.chinese()).put("en", verb.english());
        return statement;
    }

    /** ISO 8601 with minutes and seconds, {@code PT15M0S}: some stores compare it as text. */
    private static String duration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not run back: duration=" + duration);
        }
        return "PT" + duration.toMinutes() + "M" + duration.toSecondsPart() + "S";
    }

    private static String timestamp(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
