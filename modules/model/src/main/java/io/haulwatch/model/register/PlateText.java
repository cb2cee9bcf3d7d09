package io.haulwatch.model.register;

/** A plate (车牌) as the register keeps it, however somebody wrote it: 渝B·12345 and 渝B 12345 are 渝B12345. */
public final class PlateText {
    private static final String SEPARATORS = " \u00a0-·•・．.‧";

    private PlateText() {}

    /** Without what stands between its characters for the eye alone. */
    public static String plain(String written) {
        StringBuilder kept = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (SEPARATORS.indexOf(c) < 0) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
