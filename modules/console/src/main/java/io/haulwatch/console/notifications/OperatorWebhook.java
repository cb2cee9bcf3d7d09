package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.Outcome.Arrived;
import io.haulwatch.console.notifications.Outcome.Failed;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** One program that the operator names in the configuration, told under the same rules and by the same signature as programs that people register. */
public final class OperatorWebhook implements AutoCloseable {
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(10);

    private final SignedPost post;
    private final Place place;

    /**
     * Where it is.
     *
     * @param secret {@code whsec_} and base64 of at least 24 bytes, as the program has it
     */
    public record Place(URI address, String secret) {
        private static final String PREFIX = "whsec_";
        private static final int FEWEST_BYTES = 24;

        /** @throws IllegalArgumentException with a sentence, if it is no place */
        public Place {
            String scheme = address.getScheme();
            if (address.getHost() == null
                    || scheme == null
                    || !(scheme.equals("https") || scheme.equals("http"))
                    || address.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "it is an address such as https://sms.example.com/codes, without a name and password in it");
            }
            if (!secret.startsWith(PREFIX) || bytes(secret).length < FEWEST_BYTES) {
                throw new IllegalArgumentException(
                        "its secret is whsec_ and then base64 of at least 24 random bytes, which the program has too");
            }
        }

        private static byte[] bytes(String secret) {
            try {
                return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Place[" + address + "]";
        }
    }

    public OperatorWebhook(Vertx vertx, TargetRule rule, Place place) {
        this.post = new SignedPost(vertx, rule, InetAddress::getAllByName, ONE_MESSAGE);
        this.place = place;
    }

    /** Sends once. @return why it may not have arrived, a word of the closed list that dead letters have too; empty if it has */
    public Optional<String> send(UUID id, String body, Instant now) throws InterruptedException {
        byte[] secret = Place.bytes(place.secret);
        try {
            return switch (post.send(place.address, secret, id, body, now)) {
                case Arrived() -> Optional.empty();
                case Failed(String fault, String detail) -> Optional.of(fault);
            };
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void close() {
        post.close();
    }
}
