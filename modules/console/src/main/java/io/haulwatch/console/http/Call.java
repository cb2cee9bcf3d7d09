package io.haulwatch.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.store.scope.Scope;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request, read and checked. Every getter refuses a value that breaks its rule with a sentence.
 *
 * @param path as asked
 * @param pathParameters by name
 * @param query first value by name
 * @param body parsed JSON, a missing node without a body
 * @param who the session, or null on public routes without one
 * @param scope the companies that the session may see; nothing without one
 * @param token the session token of the cookie, or null
 * @param cookies all that the browser sent, by name
 * @param address of the client
 * @param ifNoneMatch the header, or null
 * @param range the header that asks for some bytes only, or null; of a GET alone
 * @param ifRange the header, or null
 * @param file that was sent, on routes that take one
 * @param upload the body that is still coming, on routes that read it so
 * @param errorId names this call in the log
 */
public record Call(
        String path,
        Map<String, String> pathParameters,
        Map<String, String> query,
        JsonNode body,
        @Nullable SignedIn who,
        Scope scope,
        @Nullable String token,
        Map<String, String> cookies,
        String address,
        @Nullable String ifNoneMatch,
        @Nullable String range,
        @Nullable String ifRange,
        @Nullable Buffer file,
        @Nullable Upload upload,
        String errorId) {

    /** Characters of a free search. */
    private static final int MAX_SEARCH = 64;

    private static final int LONGEST_DAY = 16;
    private static final Pattern REGION = Pattern.compile("[0-9]{2}|[0-9]{4}|[0-9]{6}");

    public Call {
        pathParameters = Map.copyOf(pathParameters);
        query = Map.copyOf(query);
        cookies = Map.copyOf(cookies);
        query.forEach((name, value) -> {
            // No text of the database holds it, and calls are kept in the audit with all that they asked.
            if (name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
                throw Refusal.badValue("No part of a query may hold the character U+0000.");
            }
        });
    }

    /** The file that was sent; empty without one. */
    public byte[] fileBytes() {
        return file == null ? new byte[0] : file.getBytes();
    }

    /** What is still coming, on routes that read it so. */
    public Upload coming() {
        if (upload == null) {
            throw new IllegalStateException("the route reads no upload: path=" + path);
        }
        return upload;
    }

    /** Who calls, on routes that need a session. */
    public SignedIn user() {
        if (who == null) {
            throw Refusal.signInNeeded("There is no valid session; POST /api/v1/session signs in.");
        }
        return who;
    }

    /** A path parameter that is a number from 0 up. */
    public int pathId(String name) {
        return number(name, pathParameters.getOrDefault(name, ""), 0, Integer.MAX_VALUE);
    }

    /** A path parameter that is a UUID. */
    public UUID pathUuid(String name) {
        String value = pathParameters.getOrDefault(name, "");
        // fromString also takes short groups; the one spelling keeps one address for one thing.
        try {
            UUID uuid = UUID.fromString(value);
            if (uuid.toString().equalsIgnoreCase(value)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(name + " must be a UUID: " + name + "=" + shown(value) + ".");
    }

    /** A query parameter as a number, or null. */
    public @Nullable Integer number(String name, int from, int to) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : number(name, value, from, to);
    }

    /** A query parameter that counts bytes. */
    public long bytes(String name) {
        String value = query.getOrDefault(name, "");
        try {
            long bytes = Long.parseLong(value);
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(name + " must be a number of bytes from 0 up: " + name + "=" + shown(value) + ".");
    }

    /** Rows of a page. */
    public int limit() {
        Integer limit = number("limit", 1, 200);
        return limit == null ? 50 : limit;
    }

    /** A query parameter that is one of some words, or null. */
    public @Nullable String word(String name, List<String> words) {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!words.contains(value)) {
            throw Refusal.badValue(
                    name + " must be one of " + String.join(", ", words) + ": " + name + "=" + shown(value) + ".");
        }
        return value;
    }

    /** A query parameter with some words, separated by commas; empty if absent. */
    public Set<String> words(String name, List<String> words) {
        Set<String> found = new LinkedHashSet<>();
        for (String value : query.getOrDefault(name, "").split(",", -1)) {
            if (value.isEmpty()) {
                continue;
            }
            if (!words.contains(value)) {
                throw Refusal.badValue(
                        name + " must name " + String.join(", ", words) + ": " + name + "=" + shown(value) + ".");
            }
            found.add(value);
        }
        return found;
    }

    /** A query parameter with some numbers, separated by commas, at most {@code most}; empty if absent. */
    public Set<Integer> numbers(String name, int most) {
        Set<Integer> found = new LinkedHashSet<>();
        for (String value : query.getOrDefault(name, "").split(",", -1)) {
            if (!value.isEmpty()) {
                found.add(number(name, value, 0, Integer.MAX_VALUE));
                if (found.size() > most) {
                    throw Refusal.badValue(name + " takes at most " + most + " numbers.");
                }
            }
        }
        return found;
    }

    /** A free search text, or null. */
    public @Nullable String search(String name) {
        String value = query.get(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        if (text.length() > MAX_SEARCH) {
            throw Refusal.badValue(name + " has at most " + MAX_SEARCH + " characters: length=" + text.length() + ".");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.badValue(name + " must not hold control characters.");
        }
        return text;
    }

    /** A query parameter as a moment, ISO 8601 with zone, or null. */
    public @Nullable Instant moment(String name) {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            Instant moment = OffsetDateTime.parse(value).toInstant();
            if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
                throw Refusal.badValue(name + " lies outside 2000 to 2199: " + name + "=" + shown(value) + ".");
            }
            return moment;
        } catch (DateTimeException e) {
            throw Refusal.badValue(name + " must be a time such as 2026-11-20T16:00:00Z: " + name + "=" + shown(value)
                    + ". A plus sign in an address is written %2B.");
        }
    }

    /** A path parameter that is a local day. */
    public LocalDate pathDay(String name) {
        return day(name, pathParameters.getOrDefault(name, ""));
    }

    /** A query parameter as a local day, or null. */
    public @Nullable LocalDate day(String name) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : day(name, value);
    }

    private static LocalDate day(String name, String value) {
        try {
            LocalDate day = LocalDate.parse(value);
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(name + " must be a day from " + FIRST_YEAR + " to " + LAST_YEAR + " such as 2026-11-20: "
                + name + "=" + shown(value) + ".");
    }

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2198;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2199-12-31T00:00:00Z");

    /** A text of the body. */
    public String text(String name, int atLeast, int atMost) {
        JsonNode node = object().path(name);
        if (!node.isTextual()) {
            throw Refusal.badValue("The body needs the text \"" + name + "\".");
        }
        String value = node.textValue();
        if (value.length() < atLeast || value.length() > atMost) {
            throw Refusal.badValue("\"" + name + "\" must have " + atLeast + " to " + atMost + " characters: length="
                    + value.length() + ".");
        }
        if (!isText(value)) {
            throw Refusal.badValue("\"" + name + "\" must not hold control characters or half characters.");
        }
        return value;
    }

    /** A text of the body that is more than blanks, without those at its ends. */
    public String said(String name, int atMost) {
        String text = text(name, 1, atMost).strip();
        if (text.isEmpty()) {
            throw Refusal.badValue("\"" + name + "\" must not be blank.");
        }
        return text;
    }

    /** The same of one line. */
    public String saidInOneLine(String name, int atMost) {
        String text = said(name, atMost);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw Refusal.badValue("\"" + name + "\" is one line of text.");
        }
        return text;
    }

    /** The UUID by which the body names its write, so that asking again does nothing twice. */
    public UUID key() {
        try {
            return UUID.fromString(text("key", 36, 36));
        } catch (IllegalArgumentException e) {
            throw Refusal.badValue("\"key\" must be a UUID that names this write.");
        }
    }

    /** A region's code, as a query or a body gives it: leading digits of a registered code; null without one. */
    public static @Nullable String region(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            return null;
        }
        if (!REGION.matcher(code).matches()) {
            throw Refusal.badValue("region must be 2, 4 or 6 digits of GB/T 2260.");
        }
        return code;
    }

    /** Whether it is text: no control characters but line ends and tabs, no half of a surrogate pair. */
    public static boolean isText(String value) {
        return value.codePoints()
                .noneMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                        || Character.getType(c) == Character.SURROGATE);
    }

    /** A text of the body that may be absent or null. */
    public @Nullable String optionalText(String name, int atMost) {
        JsonNode node = object().path(name);
        return node.isMissingNode() || node.isNull() ? null : text(name, 0, atMost);
    }

    /** A local day of the body that may be absent or null. */
    public @Nullable LocalDate optionalDay(String name) {
        String value = optionalText(name, LONGEST_DAY);
        return value == null || value.isBlank() ? null : day(name, value.strip());
    }

    /** A text of the body that is one of some words. */
    public String oneOf(String name, List<String> words) {
        String value = text(name, 1, MAX_SEARCH);
        if (!words.contains(value)) {
            throw Refusal.badValue("\"" + name + "\" must be one of " + String.join(", ", words) + ": " + name + "="
                    + shown(value) + ".");
        }
        return value;
    }

    /** A whole number of the body. */
    public int wholeNumber(String name, int from, int to) {
        JsonNode node = object().path(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < from || node.intValue() > to) {
            throw Refusal.badValue("The body needs the number \"" + name + "\" from " + from + " to " + to + ".");
        }
        return node.intValue();
    }

    /** A number of bytes of the body, at least one. */
    public long size(String name) {
        JsonNode node = object().path(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
            throw Refusal.badValue("The body needs the number \"" + name + "\", bytes from 1 up.");
        }
        return node.longValue();
    }

    /** A whole number of the body that may be absent or null. */
    public @Nullable Integer optionalNumber(String name, int from, int to) {
        JsonNode node = object().path(name);
        return node.isMissingNode() || node.isNull() ? null : (Integer) wholeNumber(name, from, to);
    }

    /** A flag of the body; false if absent. */
    public boolean flag(String name) {
        JsonNode node = object().path(name);
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw Refusal.badValue("\"" + name + "\" must be true or false.");
        }
        return node.booleanValue();
    }

    /** A list of 1 to {@code most} UUIDs of the body, each once, in the order of their texts. */
    public List<UUID> uuids(String name, int most) {
        JsonNode given = object().path(name);
        if (!given.isArray() || given.isEmpty() || given.size() > most) {
            throw Refusal.badValue("\"" + name + "\" must be a list of 1 to " + most + " ids.");
        }
        Set<String> ids = new TreeSet<>();
        for (JsonNode id : given) {
            try {
                ids.add(UUID.fromString(id.asText("")).toString());
            } catch (IllegalArgumentException e) {
                throw Refusal.badValue("\"" + name + "\" must be a list of ids, UUIDs each.");
            }
        }
        return ids.stream().map(UUID::fromString).toList();
    }

    /** The body, which must be an object. */
    public JsonNode object() {
        if (body instanceof MissingNode || !body.isObject()) {
            throw Refusal.badValue("The body must be a JSON object.");
        }
        return body;
    }

    private static int number(String name, String value, int from, int to) {
        try {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(
                name + " must be a number from " + from + " to " + to + ": " + name + "=" + shown(value) + ".");
    }

    /** A value as it may stand in a sentence: short, printable. */
    static String shown(String value) {
        String cut = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
