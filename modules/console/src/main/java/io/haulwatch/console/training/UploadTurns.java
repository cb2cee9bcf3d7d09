package io.haulwatch.console.training;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Upload;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One writes to a video at a time. Whoever comes later takes the turn of whoever is at it: a line that broke off far away looks alive here for a while,
 * and its sender is the one who comes again.
 */
final class UploadTurns {
    private static final long PATIENCE_SECONDS = 10;

    private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();

    /** A turn at a video. */
    final class Turn {
        private final UUID video;
        private final @Nullable Upload upload;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Turn(UUID video, @Nullable Upload upload) {
            this.video = video;
            this.upload = upload;
        }

        private boolean takeAway() throws InterruptedException {
            if (upload != null) {
                upload.stop();
            }
            return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Lets the next one have it. */
        void end() {
            turns.remove(video, this);
            ended.countDown();
        }
    }

    /** Takes the turn at a video. @param upload that is stopped when somebody else wants the turn; null for what is over soon */
    Turn take(UUID video, @Nullable Upload upload) throws InterruptedException {
        Turn mine = new Turn(video, upload);
        for (Turn other = turns.putIfAbsent(video, mine); other != null; other = turns.putIfAbsent(video, mine)) {
            if (!other.takeAway()) {
                throw Refusal.unavailable("Somebody else writes to this video; send it again.", 5);
            }
        }
        return mine;
    }
}
