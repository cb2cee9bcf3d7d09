package io.haulwatch.model.episode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names an episode by what it is, so that the same positions give the same id on every run: the first 128 bits of SHA-256 over
 * subject, rule and start of the first opening. */
public final class EpisodeId {
    private EpisodeId() {}

    /** @param startMillis device time of the first opening, ms since 1970 UTC */
    public static UUID of(Subject subject, Rule rule, long startMillis) {
        return of(subject.key() + '|' + rule.name() + '|' + startMillis);
    }

    /** For a rule of which one subject can have several at once. @param kind which of them */
    public static UUID of(Subject subject, Rule rule, String kind, long startMillis) {
        return of(subject.key() + '|' + rule.name() + ':' + kind + '|' + startMillis);
    }

    private static UUID of(String what) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(digest);
            return new UUID(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
