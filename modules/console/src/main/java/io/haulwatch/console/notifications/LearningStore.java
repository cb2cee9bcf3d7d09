package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.Outcome.Arrived;
import io.haulwatch.console.notifications.Outcome.Failed;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The learning record store that the operator names (学习记录库): takes xAPI statements, under the same rules of addresses as programs that people register. */
public final class LearningStore implements AutoCloseable {
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(10);
    private static final String VERSION = "1.0.3";
    /** It does not like what it was sent; nothing is wrong between it and us. */
    private static final Set<String> REFUSES = Set.of("400", "413", "422");

    private static final String HAS_IT = "409";

    private final SignedPost post;
    private final Account account;
    private final URI statements;

    /**
     * Where it is.
     *
     * @param address of its xAPI, without {@code /statements}
     * @param user who may write there
     * @param password empty if it lies in the file
     * @param passwordFile read for each message, so that it can be changed; null without one
     */
    public record Account(
            URI address,
            String user,
            String password,
            @Nullable Path passwordFile) {
        /** @throws IllegalArgumentException with a sentence, if it is none */
        public Account {
            String scheme = address.getScheme();
            if (address.getHost() == null
                    || scheme == null
                    || !(scheme.equals("https") || scheme.equals("http"))
                    || address.getRawUserInfo() != null
                    || address.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "it is an address such as https://lrs.example.com/xapi, without a name, a password or a question in it");
            }
            if (user.isEmpty() || user.indexOf(':') >= 0 || password.isEmpty() == (passwordFile == null)) {
                throw new IllegalArgumentException(
                        "it takes a user without a colon, and a password or the file that holds it");
            }
        }

        private String authorization() throws IOException {
            String secret = passwordFile == null
                    ? password
                    : Files.readString(passwordFile).strip();
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Account[" + address + "]";
        }
    }

    /** What came of sending statements. */
    public sealed interface Answer {
        /** It has them. */
        record Taken() implements Answer {}

        /** It has one of these ids already; of several statements nobody knows which. */
        record Known() implements Answer {}

        /** It does not take them for what they are. @param detail the status */
        record Refused(String detail) implements Answer {}

        /** It is away, or does not let us in. @param fault a word of the closed list that dead letters have too */
        record Away(String fault, String detail) implements Answer {}
    }

    public LearningStore(Vertx vertx, TargetRule rule, Account account) {
        this(vertx, rule, account, ONE_MESSAGE);
    }

    /** @param limit for one message from the first byte to the answer's status */
    public LearningStore(Vertx vertx, TargetRule rule, Account account, Duration limit) {
        this.post = new SignedPost(vertx, rule, InetAddress::getAllByName, limit);
        this.account = account;
        String base = account.address.toString();
        this.statements =
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/statements");
    }

    /** Sends once, in bounded time. @param bodies statements as JSON, one or more */
    public Answer send(List<String> bodies) throws InterruptedException {
        String authorization;
        try {
            authorization = account.authorization();
        } catch (IOException e) {
            return new Answer.Away("secret_lost", "");
        }
        Outcome outcome = post.post(
                statements,
                Map.of("X-Experience-API-Version", VERSION, "authorization", authorization),
                "[" + String.join(",", bodies) + "]");
        return switch (outcome) {
            case Arrived() -> new Answer.Taken();
            case Failed(String fault, String detail) -> {
                if (fault.equals("status") && detail.equals(HAS_IT)) {
                    yield new Answer.Known();
                }
                yield fault.equals("status") && REFUSES.contains(detail)
                        ? new Answer.Refused(detail)
                        : new Answer.Away(fault, detail);
            }
        };
    }

    /** When to send again after so many failures on end. @param chance from 0 to 1 */
    public static Instant again(int failures, Instant now, double chance) {
        return Waits.again(failures, now, chance);
    }

    @Override
    public void close() {
        post.close();
    }
}
