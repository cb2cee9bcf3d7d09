package io.haulwatch.gateway;

import io.haulwatch.gateway.media.Delivery;
import io.haulwatch.gateway.media.MediaPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where media go, by hand: each is answered at once, or when the test says so. */
final class FakeMedia implements MediaPort {
    private final List<Delivery> delivered = new ArrayList<>();
    private final List<CompletableFuture<Kept>> held = new ArrayList<>();
    private Kept answer = Kept.STORED;
    private boolean holding;
    private boolean down;

    synchronized void answer(Kept kept) {
        answer = kept;
    }

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        held.forEach(each -> each.complete(answer));
        held.clear();
    }

    synchronized List<Delivery> delivered() {
        return List.copyOf(delivered);
    }

    synchronized @Nullable Delivery last() {
        return delivered.isEmpty() ? null : delivered.getLast();
    }

    @Override
    public synchronized CompletionStage<Kept> keep(Delivery delivery) {
        if (down) {
            return CompletableFuture.failedFuture(new IllegalStateException("the database is down"));
        }
        delivered.add(delivery);
        CompletableFuture<Kept> kept = new CompletableFuture<>();
        if (holding) {
            held.add(kept);
        } else {
            kept.complete(answer);
        }
        return kept;
    }
}
