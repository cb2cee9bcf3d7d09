package io.haulwatch.training.questions;

import java.text.Normalizer;
import java.util.Locale;

/**
 * By what stems are the same: without spaces, case, width and punctuation. Signs that make another question stay: the point within a number, the
 * minus before one, the sign of per cent.
 */
public final class StemKey {
    private StemKey() {}

    /** The key of a stem. */
    public static String of(String stem) {
        String text = Normalizer.normalize(stem, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder key = new StringBuilder();
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (stays(characters, i)) {
                key.appendCodePoint(characters[i]);
            }
        }
        return key.isEmpty() ? text.strip() : key.toString();
    }

    private static boolean stays(int[] characters, int i) {
        int character = characters[i];
        boolean digitFollows = i + 1 < characters.length && Character.isDigit(characters[i + 1]);
        return switch (character) {
            case '%' -> true;
            case '-' -> digitFollows;
            case '.' -> digitFollows && i > 0 && Character.isDigit(characters[i - 1]);
            default ->
                !Character.isWhitespace(character) && !Character.isSpaceChar(character) && !isPunctuation(character);
        };
    }

    private static boolean isPunctuation(int character) {
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
