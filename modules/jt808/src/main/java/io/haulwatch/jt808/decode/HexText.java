package io.haulwatch.jt808.decode;

/** Hex as people paste it: any case, with or without blanks, commas, colons, dashes and 0x in front of bytes. */
final class HexText {
    private HexText() {}

    /** The bytes; throws {@link BadHexException} with a sentence. */
    static byte[] bytes(String text) throws BadHexException {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean prefix = c == '0' && i + 1 < text.length() && (text.charAt(i + 1) | 0x20) == 'x';
            if (prefix) {
                i++;
            } else if (Character.digit(c, 16) >= 0 && c < 0x80) {
                digits.append(c);
            } else if (!Character.isWhitespace(c) && ",:-_".indexOf(c) < 0) {
                throw new BadHexException("'" + c + "' at column " + (i + 1) + " is no hex digit");
            }
        }
        if (digits.isEmpty()) {
            throw new BadHexException("there are no hex digits");
        }
        if (digits.length() % 2 != 0) {
            throw new BadHexException(digits.length() + " hex digits are not whole bytes; one is missing or too many");
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits, 2 * i, 2 * i + 2, 16);
        }
        return bytes;
    }

    /** The text is no hex. */
    static final class BadHexException extends Exception {
        private static final long serialVersionUID = 1L;

        BadHexException(String message) {
            super(message);
        }
    }
}
