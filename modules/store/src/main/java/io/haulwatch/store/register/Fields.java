package io.haulwatch.store.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one object of a file. What is wrong is written down with its path, and reading goes on. */
final class Fields {
    private final String path;
    private final JsonNode object;
    private final List<String> faults;

    Fields(String path, JsonNode object, List<String> faults) {
        this.path = path;
        this.object = object;
        this.faults = faults;
    }

    String path() {
        return path;
    }

    Fields under(String name) {
        return new Fields(path + "." + name, object.path(name), faults);
    }

    /** An element of a list. */
    Fields under(String name, int place) {
        return new Fields(
                path + "." + name + "[" + place + "]", object.path(name).path(place), faults);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    /** Writes down a fault of a field. */
    void fault(String name, @Nullable Object value, String rule) {
        faults.add(path + "." + name + "=" + value + ": " + rule);
    }

    /** Text that must be there. */
    String text(String name) {
        String text = optional(name);
        if (text == null) {
            fault(name, null, "must be there and not be empty");
            return "";
        }
        return text;
    }

    /** Text, or null if it is missing or blank. */
    @Nullable
    String optional(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            fault(name, value, "must be text");
            return null;
        }
        String text = value.asText().strip();
        return text.isEmpty() ? null : text;
    }

    /** A whole number within bounds; {@code missing} if it is not there. */
    int number(String name, int missing, int lowest, int highest) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isIntegralNumber() || value.asLong() < lowest || value.asLong() > highest) {
            fault(name, value, "must be a whole number from " + lowest + " to " + highest);
            return missing;
        }
        return value.asInt();
    }

    /** A number within bounds; {@code missing} if it is not there. */
    double decimal(String name, double missing, double lowest, double highest) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isNumber() || !(value.asDouble() >= lowest && value.asDouble() <= highest)) {
            fault(name, value, "must be a number from " + lowest + " to " + highest);
            return missing;
        }
        return value.asDouble();
    }

    /** A day such as 2026-03-01, or null. */
    @Nullable
    LocalDate date(String name) {
        return parsed(name, LocalDate::parse, "must be a day like 2026-03-01");
    }

    /** A day that must be there. */
    LocalDate requiredDate(String name) {
        LocalDate date = date(name);
        if (date == null) {
            if (!has(name)) {
                fault(name, null, "must be there, a day like 2026-03-01");
            }
            return LocalDate.EPOCH;
        }
        return date;
    }

    /** An instant with its offset, or null. */
    @Nullable
    Instant instant(String name) {
        return parsed(
                name,
                text -> OffsetDateTime.parse(text).toInstant(),
                "must be an instant with its offset, like 2026-03-01T00:00:00+08:00");
    }

    /** Start and end of a daily window such as 07:00-19:00, or null for all day. */
    @Nullable
    List<LocalTime> window(String name) {
        return parsed(
                name,
                text -> {
                    String[] ends = text.split("-", -1);
                    if (ends.length != 2) {
                        throw new DateTimeException("two times");
                    }
                    LocalTime start = LocalTime.parse(ends[0].strip());
                    LocalTime end = LocalTime.parse(ends[1].strip());
                    if (start.equals(end)) {
                        throw new DateTimeException("empty window");
                    }
                    return List.of(start, end);
                },
                "must be a daily window like 07:00-19:00, or null for all day");
    }

    /** One of the words of an enum. */
    <E extends Enum<E>> E word(String name, E missing) {
        String text = optional(name);
        if (text == null) {
            return missing;
        }
        for (E word : missing.getDeclaringClass().getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        fault(
                name,
                text,
                "must be one of " + Arrays.toString(missing.getDeclaringClass().getEnumConstants()));
        return missing;
    }

    private <T> @Nullable T parsed(String name, Function<String, T> parser, String rule) {
        String text = optional(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            fault(name, text, rule);
            return null;
        }
    }
}
