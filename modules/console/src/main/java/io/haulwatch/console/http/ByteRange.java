package io.haulwatch.console.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Range header asks of some bytes (RFC 9110, 14). Several ranges that make one are answered as one; several that do not get the whole, as a server
 * may answer any Range header (14.2): no player asks for such, and a body of many parts would be made for nobody.
 */
public sealed interface ByteRange {
    /** There is no range, or none that this server goes into. */
    ByteRange WHOLE = new Whole();

    /** None of the ranges has a byte in it. */
    ByteRange UNSATISFIABLE = new Unsatisfiable();

    record Whole() implements ByteRange {}

    record Unsatisfiable() implements ByteRange {}

    /** @param last the byte that is still in it */
    record Part(long first, long last) implements ByteRange {
        public Part {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("no range: first=" + first + " last=" + last);
            }
        }

        public long length() {
            return last - first + 1;
        }
    }

    /** Longer ones are nobody's but of somebody who tries what happens. */
    int MOST_RANGES = 16;

    Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    /**
     * Reads a header.
     *
     * @param header null without one
     * @param size bytes that there are, at least one
     */
    static ByteRange of(@Nullable String header, long size) {
        int equals = header == null ? -1 : header.indexOf('=');
        if (header == null || equals < 0 || !header.substring(0, equals).equalsIgnoreCase("bytes")) {
            return WHOLE;
        }
        List<Part> parts = new ArrayList<>();
        int specs = 0;
        for (String each : header.substring(equals + 1).split(",", -1)) {
            String spec = each.strip();
            if (spec.isEmpty()) {
                continue;
            }
            Matcher numbers = SPEC.matcher(spec);
            specs++;
            if (specs > MOST_RANGES || !numbers.matches() || spec.length() == 1) {
                return WHOLE;
            }
            boolean suffix = numbers.group(1).isEmpty();
            long first = suffix ? Math.max(0, size - number(numbers.group(2))) : number(numbers.group(1));
            long last = suffix || numbers.group(2).isEmpty() ? Long.MAX_VALUE : number(numbers.group(2));
            if (last < first) {
                return WHOLE;
            }
            if (first < size) {
                parts.add(new Part(first, Math.min(last, size - 1)));
            }
        }
        return specs == 0 ? WHOLE : joined(parts);
    }

    private static ByteRange joined(List<Part> parts) {
        if (parts.isEmpty()) {
            return UNSATISFIABLE;
        }
        parts.sort(Comparator.comparingLong(Part::first));
        Part all = parts.getFirst();
        for (Part next : parts.subList(1, parts.size())) {
            if (next.first > all.last + 1) {
                return WHOLE;
            }
            all = new Part(all.first, Math.max(all.last, next.last));
        }
        return all;
    }

    /** Digits as a number; what is too large for one is larger than any file. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
