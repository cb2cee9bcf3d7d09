package io.haulwatch.console.provider;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why somebody does not enter through the provider. Pages say each in their own words and what to do; the audit has the word. */
enum Cause {
    /** The provider cannot be reached, or what it says cannot be read. */
    PROVIDER_AWAY,
    /** The provider does not take our client id or secret. */
    PROVIDER_SETUP,
    /** Too many sign-ins at once. */
    BUSY,
    /** The state is unknown, used or over, or another browser began. */
    SIGN_IN_EXPIRED,
    /** The provider itself said no, or somebody turned back there. */
    PROVIDER_REFUSED,
    /** The provider does not know the code that it sent. */
    CODE_REFUSED,
    /** The ID token does not prove what it says. */
    TOKEN_INVALID,
    /** The ID token does not have the claim that names the account. */
    CLAIM_MISSING,
    /** The provider does not vouch for the e-mail address. */
    EMAIL_NOT_VERIFIED,
    /** No account here is linked to this name. */
    NOT_LINKED,
    /** The account that is linked to this name belongs to somebody else at the provider. */
    OTHER_SUBJECT,
    /** The account that is linked is disabled. */
    ACCOUNT_DISABLED,
    /** The database does not answer now. */
    DATABASE_AWAY;

    /** The word of addresses and audit. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Nobody enters. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Cause why;
        private final @Nullable Integer userId;
        private final Map<String, String> detail;

        /** @param words of our own, or of the library; for the audit */
        Refused(Cause why, String words) {
            this(why, words, null, Map.of("detail", cut(words)));
        }

        /**
         * Somebody whom the provider vouches for.
         *
         * @param name what the claim says
         * @param userId whose account it is about, null if there is none
         */
        static Refused of(Cause why, String name, @Nullable Integer userId) {
            return new Refused(why, why.word(), userId, Map.of("name", cut(name)));
        }

        private Refused(Cause why, String words, @Nullable Integer userId, Map<String, String> detail) {
            super(words, null, false, false);
            this.why = why;
            this.userId = userId;
            this.detail = detail;
        }

        Cause why() {
            return why;
        }

        @Nullable
        Integer userId() {
            return userId;
        }

        /** For the audit. */
        Map<String, String> detail() {
            return detail;
        }

        private static String cut(String words) {
            return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        }

        private static final int LONGEST = 254;
    }
}
