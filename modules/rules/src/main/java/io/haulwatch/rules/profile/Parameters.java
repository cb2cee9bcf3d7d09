package io.haulwatch.rules.profile;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the names and values of one rule's profile; a name that nobody asked for is refused at the end. */
public final class Parameters {
    private final String rule;
    private final Map<String, String> values;
    private final Set<String> known = new TreeSet<>();

    /** @param rule name of the rule, for messages */
    public Parameters(String rule, Map<String, String> values) {
        this.rule = rule;
        this.values = values;
    }

    /**
     * A number within bounds.
     *
     * @throws IllegalArgumentException if the value is no number or lies outside
     */
    public double number(String name, double missing, double lowest, double highest) {
        known.add(name);
        String text = values.get(name);
        if (text == null) {
            return missing;
        }
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rule + " profile: not a number: " + name + "=" + text, e);
        }
        if (!(number >= lowest && number <= highest)) {
            throw new IllegalArgumentException(rule + " profile: " + name + " lies between " + lowest + " and "
                    + highest + ": " + name + "=" + text);
        }
        return number;
    }

    /** A time given in seconds, as milliseconds. */
    public long seconds(String name, double missing, double lowest, double highest) {
        return Math.round(number(name, missing, lowest, highest) * 1000.0);
    }

    /** A speed given in km/h, as 0.1 km/h. */
    public int deciKmh(String name, double missing, double lowest, double highest) {
        return (int) Math.round(number(name, missing, lowest, highest) * 10.0);
    }

    /**
     * A daily window such as {@code 22:00-06:00}, local time.
     *
     * @return start and end as seconds of the day
     */
    public int[] window(String name, String missing) {
        known.add(name);
        String text = values.getOrDefault(name, missing);
        int dash = text.indexOf('-');
        try {
            if (dash > 0) {
                return new int[] {
                    LocalTime.parse(text.substring(0, dash).strip()).toSecondOfDay(),
                    LocalTime.parse(text.substring(dash + 1).strip()).toSecondOfDay()
                };
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    rule + " profile: not a window like 22:00-06:00: " + name + "=" + text, e);
        }
        throw new IllegalArgumentException(rule + " profile: not a window like 22:00-06:00: " + name + "=" + text);
    }

    /** Refuses names that were never asked for. */
    public void refuseUnknown() {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(rule + " profile: unknown parameter: " + name + "="
                        + values.get(name) + "; known are " + known);
            }
        }
    }
}
