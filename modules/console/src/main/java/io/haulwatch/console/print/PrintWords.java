package io.haulwatch.console.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.model.paper.PaperState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of printed documents in one language: texts of their own, and for codes the words that the pages use. */
public final class PrintWords {
    /** As {@code lang} names them. */
    public static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MINUTE_SECONDS = 60;
    private static final int HOUR_SECONDS = 3600;

    private final String language;
    private final Properties own = new Properties();
    private final JsonNode pages;

    /** A language, read when it is first asked for. */
    private static final class Chinese {
        static final PrintWords WORDS = new PrintWords("zh-CN");
    }

    private static final class English {
        static final PrintWords WORDS = new PrintWords("en");
    }

    private PrintWords(String language) {
        this.language = language;
        try (InputStream words = opened("words." + language + ".properties");
                InputStream messages = opened("pages/" + language + ".json")) {
            own.load(new InputStreamReader(words, StandardCharsets.UTF_8));
            pages = new ObjectMapper().readTree(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream opened(String file) {
        InputStream in = PrintWords.class.getResourceAsStream(file);
        if (in == null) {
            throw new IllegalStateException("the words are part of the product: file=" + file);
        }
        return in;
    }

    /** The words of a language; Chinese if none is named. @param lang one of {@link #LANGUAGES} */
    public static PrintWords of(@Nullable String lang) {
        return "en".equals(lang) ? English.WORDS : Chinese.WORDS;
    }

    /** {@code zh-CN} or {@code en}. */
    public String language() {
        return language;
    }

    /** Every key of its own. */
    Set<String> keys() {
        return own.stringPropertyNames();
    }

    /** A text of documents. @param values a name and what stands in its place, in turn */
    public String text(String key, Object... values) {
        String text = own.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no such text: key=" + key + ", language=" + language);
        }
        for (int i = 0; i + 1 < values.length; i += 2) {
            text = text.replace("{" + values[i] + "}", String.valueOf(values[i + 1]));
        }
        return text;
    }

    /** Whether there is such a text. */
    public boolean has(String key) {
        return own.containsKey(key);
    }

    /** The pages' word for a code, or the code itself if they have none. */
    public String of(String group, String code) {
        JsonNode word = pages.path(group).path(code.replace('.', '_'));
        return word.isTextual() ? word.textValue() : code;
    }

    /** Local date and time to the second. */
    public String moment(String instant) {
        return SECOND.format(Instant.parse(instant).atZone(PaperState.ZONE));
    }

    /** Local date and time to the second. */
    public String moment(Instant instant) {
        return SECOND.format(instant.atZone(PaperState.ZONE));
    }

    /** Local date and time to the minute. */
    public String minute(String instant) {
        return MINUTE.format(Instant.parse(instant).atZone(PaperState.ZONE));
    }

    /** Local time of the day to the second. */
    public String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis).atZone(PaperState.ZONE));
    }

    /** A length of time as people say it: 40 s, 5 min 20 s, 4 h 05 min. */
    public String lasting(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (seconds < MINUTE_SECONDS) {
            return text("time.s", "s", seconds);
        }
        if (seconds < HOUR_SECONDS) {
            return time.toSecondsPart() == 0
                    ? text("time.m", "m", time.toMinutes())
                    : text("time.ms", "m", time.toMinutes(), "s", time.toSecondsPart());
        }
        return time.toMinutesPart() == 0 && time.toSecondsPart() == 0
                ? text("time.h", "h", time.toHours())
                : text("time.hm", "h", time.toHours(), "m", time.toMinutesPart());
    }

    /** Tenths of km/h as km/h: 98, 98.5. */
    public static String kmh(long deciKmh) {
        return deciKmh % 10 == 0 ? Long.toString(deciKmh / 10) : deciKmh / 10 + "." + Math.abs(deciKmh % 10);
    }
}
