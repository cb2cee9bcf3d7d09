package io.haulwatch.training.questions;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a bank without their marks: elements of HTML go, what they enclose stays, character references become characters. */
final class PlainText {
    private static final Pattern ELEMENT =
            Pattern.compile("</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\\s[^<>]*)?/?>|<!--.*?(?:-->|$)", Pattern.DOTALL);
    private static final Pattern MEDIA =
            Pattern.compile("<(img|audio|video|object|embed|iframe|svg)\\b|@@PLUGINFILE@@", Pattern.CASE_INSENSITIVE);
    private static final Pattern ACTIVE =
            Pattern.compile("<(script|style)\\b.*?(</\\1\\s*>|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("&(amp|lt|gt|quot|apos|nbsp);");
    private static final Map<String, String> CHARACTERS =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final Pattern SPACES = Pattern.compile("[\\h\\v]+");

    private PlainText() {}

    static boolean hasMedia(String text) {
        return MEDIA.matcher(text).find();
    }

    static boolean hasElements(String text) {
        return ELEMENT.matcher(text).find() || ACTIVE.matcher(text).find();
    }

    /** Words without marks, lines joined by a space. */
    static String of(String text) {
        String passive = ELEMENT.matcher(ACTIVE.matcher(text).replaceAll("")).replaceAll("");
        String words = REFERENCE
                .matcher(passive)
                .replaceAll(found -> Matcher.quoteReplacement(CHARACTERS.getOrDefault(found.group(1), "")));
        StringBuilder printable = new StringBuilder();
        SPACES.matcher(words)
                .replaceAll(" ")
                .codePoints()
                .filter(character -> !Character.isISOControl(character))
                .forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }
}
