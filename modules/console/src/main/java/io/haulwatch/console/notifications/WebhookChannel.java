package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.Outcome.Failed;
import io.haulwatch.store.secret.SecretBox;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Tells a program that somebody registered, with the secret that was made for it. */
final class WebhookChannel implements Channel {
    private final SignedPost post;
    private final SecretBox box;

    /** @param limit for one message from the first byte to the answer's status */
    WebhookChannel(Vertx vertx, SecretBox box, TargetRule rule, SignedPost.Lookup lookup, Duration limit) {
        this.post = new SignedPost(vertx, rule, lookup, limit);
        this.box = box;
    }

    /** The name under which a receiver's secret is sealed. */
    static String secretName(long receiver) {
        return "receiver:" + receiver;
    }

    @Override
    public Outcome send(Target receiver, Letter letter, Instant now) throws InterruptedException {
        byte[] secret = box.open(receiver.secret(), secretName(receiver.id())).orElse(null);
        if (secret == null) {
            return new Failed("secret_lost", "");
        }
        return post.send(URI.create(receiver.address()), secret, letter.id(), letter.body(), now);
    }

    @Override
    public void close() {
        post.close();
    }
}
