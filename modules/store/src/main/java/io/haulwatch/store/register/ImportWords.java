package io.haulwatch.store.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tables and reports say, in one language: titles, the words that a cell may hold, and of each rule why a value breaks it and what to
 * do. Templates, reports of the command line and of the pages all speak from here.
 */
public final class ImportWords {
    /** Begins a detail that names a group of words. */
    static final String GROUP = "@";

    private static final ImportWords ENGLISH = new ImportWords("en");
    private static final ImportWords CHINESE = new ImportWords("zh-CN");

    private final String language;
    private final Properties words = new Properties();

    private ImportWords(String language) {
        this.language = language;
        String file = "import-words." + language + ".properties";
        try (InputStream in = ImportWords.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the words are part of the product: file=" + file);
            }
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ImportWords english() {
        return ENGLISH;
    }

    /** The words of a language; English if it is not Chinese. */
    public static ImportWords of(String language) {
        return language.startsWith("zh") ? CHINESE : ENGLISH;
    }

    static List<ImportWords> all() {
        return List.of(CHINESE, ENGLISH);
    }

    /** Every key. */
    java.util.Set<String> keys() {
        return words.stringPropertyNames();
    }

    /** One text. */
    public String text(String key) {
        String text = words.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no such text: key=" + key + ", language=" + language);
        }
        return text;
    }

    @Nullable
    String optional(String key) {
        return words.getProperty(key);
    }

    /** Why a value breaks a rule. */
    public String why(ImportRule rule, List<String> details) {
        return filled("why." + rule.name(), details);
    }

    /** What whoever keeps the table does about it. */
    public String todo(ImportRule rule, List<String> details) {
        return filled("do." + rule.name(), details);
    }

    private String filled(String key, List<String> details) {
        String text = text(key);
        for (int i = 0; i < details.size(); i++) {
            String detail = details.get(i);
            // A list of words, which differs with the language.
            String shown = detail.startsWith(GROUP)
                    ? String.join(", ", group(detail.substring(1)).values())
                    : detail;
            text = text.replace("{" + i + "}", shown);
        }
        return text;
    }

    public String title(TablePart part) {
        return text("part." + part.word());
    }

    public String title(TablePart part, String column) {
        return text("column." + part.word() + "." + column);
    }

    public String outcome(LineReport.Outcome outcome) {
        return text("outcome." + outcome.name());
    }

    /** The words of a group such as {@code kind}, by what they stand for, in the file's order of keys. */
    public Map<String, String> group(String group) {
        String prefix = group + ".";
        return words.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .collect(Collectors.toMap(
                        key -> key.substring(prefix.length()), this::text, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    /** What a word of a cell stands for, in either language or as the code itself; null if it is none of the group. */
    static @Nullable String meaning(String group, String said) {
        String plain = plain(said);
        for (ImportWords each : all()) {
            for (Map.Entry<String, String> word : each.group(group).entrySet()) {
                if (plain(word.getValue()).equals(plain) || plain(word.getKey()).equals(plain)) {
                    return word.getKey();
                }
            }
        }
        return null;
    }

    /** A title or word as people vary it: width, case, blanks, stars and brackets do not count. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s*:_.\\-]+", "")
                .replaceAll("\\(.*\\)$", "");
    }
}
