package io.haulwatch.console.session;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a new password must be: long enough, not one of the first that anybody tries, not the user's name. */
public final class PasswordRules {
    /** Fewest characters. */
    public static final int SHORTEST = 10;
    /** Most characters. */
    public static final int LONGEST = 128;

    private static final int FEWEST_DIFFERENT = 5;

    /** What guessing programs try first, as far as it is ten characters or more after folding. */
    private static final Set<String> FIRST_TRIED = Set.of(
            "1234567890",
            "12345678910",
            "0123456789",
            "0987654321",
            "9876543210",
            "qwertyuiop",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "qazwsxedcrfv",
            "password123",
            "password1234",
            "passw0rd123",
            "p@ssw0rd123",
            "administrator",
            "administrator1",
            "admin12345",
            "admin123456",
            "adminadmin1",
            "welcome1234",
            "letmein1234",
            "changeme123",
            "iloveyou123",
            "woaini1314520",
            "woaini520131",
            "asdfghjkl123",
            "abcdefghij",
            "abc1234567",
            "abcd123456",
            "abc123456789",
            "a123456789",
            "a1234567890",
            "aa123456789",
            "qq123456789",
            "haulwatch1",
            "haulwatch123",
            "huhang123456");

    private PasswordRules() {}

    /** The rule that a password breaks, or empty. */
    public static Optional<Broken> broken(String username, String password) {
        String folded = password.toLowerCase(Locale.ROOT);
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return rule(
                    "password-length",
                    "A password has " + SHORTEST + " to " + LONGEST + " characters: length=" + password.length() + ".");
        }
        if (password.chars().distinct().count() < FEWEST_DIFFERENT) {
            return rule("password-plain", "A password has at least " + FEWEST_DIFFERENT + " different characters.");
        }
        if (folded.contains(username.toLowerCase(Locale.ROOT)) && username.length() >= 3) {
            return rule("password-name", "A password does not hold the user's name.");
        }
        if (FIRST_TRIED.contains(folded)) {
            return rule(
                    "password-first-tried",
                    "This password is among the first that anybody tries; take a sentence of your own.");
        }
        return Optional.empty();
    }

    private static Optional<Broken> rule(String code, String sentence) {
        return Optional.of(new Broken(code, sentence));
    }

    /** A broken rule. @param code names it for pages, which have words of their own */
    public record Broken(String code, String sentence) {}
}
