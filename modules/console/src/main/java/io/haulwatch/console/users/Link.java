package io.haulwatch.console.users;

import java.time.Instant;

/**
 * A one-time link, shown once to whoever hands it over.
 *
 * @param path of the page with the token behind {@code #}; the console's address comes before it
 * @param purpose {@code invitation}, {@code reset} or {@code entry}
 */
public record Link(String path, String purpose, Instant expiresAt) {
    /** Never shows the token. */
    @Override
    public String toString() {
        return "Link[purpose=" + purpose + ", expiresAt=" + expiresAt + "]";
    }
}
