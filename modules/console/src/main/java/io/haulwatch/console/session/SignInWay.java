package io.haulwatch.console.session;

/** How somebody showed who he is. */
public enum SignInWay {
    /** By his password here, and a code if he has a second factor. */
    PASSWORD,
    /** A driver: by a code that reached his telephone, or by a one-time link of his company. */
    PHONE,
    /** By the organisation's provider, and a code of our own if he has a second factor. */
    PROVIDER,
    /** By the organisation's provider, which says that it asked for a second factor itself. */
    PROVIDER_VOUCHED;

    /** Whether the organisation's provider said who he is. */
    public boolean byProvider() {
        return this == PROVIDER || this == PROVIDER_VOUCHED;
    }

    /** Whether the provider says that it asked for a second factor. */
    public boolean vouched() {
        return this == PROVIDER_VOUCHED;
    }
}
