package io.haulwatch.training.certificate;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Number of a certificate (证书编号): {@code HW-2026-7K3M9T-4}, which is year of issue, six characters by lot and a check character over all of them.
 * The six leave out I, L, O and U, which are read as others; there are over a thousand million of them a year, so numbers are not guessed by trying.
 */
public record CertificateNumber(String text) {
    private static final String LOT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LOT_LENGTH = 6;
    private static final Pattern FORM =
            Pattern.compile("HW-(2[0-9]{3})-([" + LOT_ALPHABET + "]{" + LOT_LENGTH + "})-([0-9A-Z])");
    private static final Pattern HYPHENS = Pattern.compile("[\\u2010-\\u2015\\u2212]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u3000]+");

    public CertificateNumber {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a certificate number looks like HW-2026-7K3M9T-4: text=" + text);
        }
        if (form.group(3).charAt(0) != check(form.group(1), form.group(2))) {
            throw new IllegalArgumentException("the check character of a certificate number is wrong: text=" + text);
        }
    }

    /**
     * Draws a number.
     *
     * @param year of issue, 2000 to 2999
     * @param random a source that nobody can predict, for whoever knows a number sees that it is valid
     */
    public static CertificateNumber draw(int year, RandomGenerator random) {
        if (year < 2000 || year > 2999) {
            throw new IllegalArgumentException("a year has four digits: year=" + year);
        }
        StringBuilder lot = new StringBuilder();
        for (int i = 0; i < LOT_LENGTH; i++) {
            lot.append(LOT_ALPHABET.charAt(random.nextInt(LOT_ALPHABET.length())));
        }
        String yearText = Integer.toString(year);
        return new CertificateNumber("HW-" + yearText + "-" + lot + "-" + check(yearText, lot.toString()));
    }

    /**
     * Reads what somebody typed: capital or small, full or half width, any hyphen, spaces around and within.
     *
     * @return nothing if it is no certificate number, or one with a slip
     */
    public static Optional<CertificateNumber> parse(String typed) {
        if (typed.length() > 64) {
            return Optional.empty();
        }
        String half = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        String text = SPACES.matcher(HYPHENS.matcher(half).replaceAll("-"))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        Matcher form = FORM.matcher(text);
        return form.matches() && form.group(3).charAt(0) == check(form.group(1), form.group(2))
                ? Optional.of(new CertificateNumber(text))
                : Optional.empty();
    }

    /** Year of issue. */
    public int year() {
        return Integer.parseInt(text.substring(3, 7));
    }

    private static char check(String year, String lot) {
        return CheckCharacter.of("HW" + year + lot);
    }
}
