package io.haulwatch.training.questions;

import java.util.regex.Pattern;

/** Characters of GIFT that stand for themselves after a backslash. */
final class GiftEscapes {
    private static final String ESCAPED = "~=#{}:\\";
    private static final Pattern FORMAT =
            Pattern.compile("\\[(?:html|moodle|plain|markdown)]", Pattern.CASE_INSENSITIVE);

    private GiftEscapes() {}

    /** Where something stands that no backslash precedes, or −1. */
    static int indexOf(String text, String wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Where one of these characters stands that no backslash precedes, or −1. */
    static int indexOfAny(String text, String wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (wanted.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The characters that were meant. */
    static String undo(String text) {
        StringBuilder meant = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (character == '\\' && next == 'n') {
                meant.append('\n');
                i++;
            } else if (character == '\\' && ESCAPED.indexOf(next) >= 0) {
                meant.append(next);
                i++;
            } else {
                meant.append(character);
            }
        }
        return meant.toString();
    }

    /** Text without the name of its format, such as {@code [html]}. */
    static String withoutFormat(String text) {
        var format = FORMAT.matcher(text);
        return format.lookingAt() ? text.substring(format.end()) : text;
    }
}
