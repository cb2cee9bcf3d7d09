package io.haulwatch.app.serve;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.media.Delivery;
import io.haulwatch.gateway.media.MediaPort;
import io.haulwatch.jt808.media.MediaHead;
import io.haulwatch.store.file.TerminalFiles;
import io.haulwatch.store.file.TerminalFiles.Item;
import io.haulwatch.store.file.TerminalFiles.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The gateway's way to what is kept of terminals. What finds no place in the queue is not answered and comes again. */
final class FileGate implements MediaPort, AutoCloseable {
    private static final int WAITING = 1_000;

    private final TerminalFiles files;
    private final ExecutorService work = new ThreadPoolExecutor(
            1,
            2,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("files-", 0).daemon(true).factory());

    FileGate(TerminalFiles files) {
        this.files = files;
    }

    @Override
    public CompletionStage<Kept> keep(Delivery delivery) {
        CompletableFuture<Kept> answer = new CompletableFuture<>();
        try {
            work.execute(() -> {
                try {
                    answer.complete(kept(files.keep(item(delivery))));
                } catch (SQLException | IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static Item item(Delivery delivery) {
        MediaHead head = delivery.head();
        Fix fix = delivery.fix();
        Fix place = fix != null && fix.fixed() ? fix : null;
        return new Item(
                delivery.vehicleId(),
                switch (delivery.kind()) {
                    case ANNOUNCED -> Source.ANNOUNCED;
                    case MEDIUM -> Source.MEDIUM;
                    case PASS_THROUGH -> Source.PASS_THROUGH;
                    case RECORDER -> Source.RECORDER;
                },
                delivery.receivedMillis(),
                fix == null ? null : (Long) fix.deviceMillis(),
                place == null ? null : (Integer) place.latitudeMicrodeg(),
                place == null ? null : (Integer) place.longitudeMicrodeg(),
                place == null ? null : (Integer) place.speedDeciKmh(),
                head == null ? null : (Long) head.mediaId(),
                head == null ? null : (Integer) head.type(),
                head == null ? null : (Integer) head.event(),
                head == null ? null : (Integer) head.channel(),
                delivery.detail(),
                delivery.content().toArray());
    }

    private static Kept kept(TerminalFiles.Outcome outcome) {
        return switch (outcome) {
            case STORED -> Kept.STORED;
            case KNOWN -> Kept.KNOWN;
            case OVER_QUOTA -> Kept.OVER_QUOTA;
            case WRONG_TYPE -> Kept.WRONG_TYPE;
        };
    }

    @Override
    public void close() {
        work.shutdownNow();
    }
}
