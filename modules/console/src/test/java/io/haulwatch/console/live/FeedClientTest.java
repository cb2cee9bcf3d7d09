package io.haulwatch.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.http.Standing;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedClientTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final AtomicInteger standing = new AtomicInteger();
    private final SlowSocket socket = new SlowSocket();
    private final FeedClient client = new FeedClient(socket, standing::get, now::get);

    @Test
    void neverHoldsMoreThanItsLimitForOneWhoTakesNothing() {
        client.resume(Buffer.buffer(new byte[738_000]));
        for (int i = 0; i < 1_000; i++) {
            client.offer(Buffer.buffer(new byte[16_000]));
            assertThat(client.waitingBytes()).isLessThanOrEqualTo(FeedClient.LIMIT_BYTES);
        }
        assertThat(socket.waiting).hasSizeLessThan(20);
        assertThat(client.wantsSnapshot()).isFalse();
    }

    @Test
    void startsOverWithASnapshotOnceItHasCaughtUp() {
        client.resume(Buffer.buffer(new byte[1_000]));
        while (client.offer(Buffer.buffer(new byte[32_000]))) {
            // Until the queue is full.
        }
        assertThat(client.offer(Buffer.buffer(new byte[1]))).isFalse();
        socket.drain();
        assertThat(client.wantsSnapshot()).isTrue();
        client.resume(Buffer.buffer(new byte[1_000]));
        assertThat(client.offer(Buffer.buffer(new byte[1]))).isTrue();
    }

    @Test
    void aSlowButSteadyClientIsNotSentSnapshotsOverAndOver() {
        client.resume(Buffer.buffer(new byte[738_000]));
        for (int i = 0; i < 8; i++) {
            assertThat(client.offer(Buffer.buffer(new byte[16_000]))).isTrue();
            assertThat(client.wantsSnapshot()).isFalse();
        }
    }

    @Test
    void oneWhoTakesNothingForAMinuteIsClosed() {
        client.resume(Buffer.buffer(new byte[1_000]));
        assertThat(client.verdict()).isZero();
        now.addAndGet(FeedClient.STUCK_MILLIS + 1);
        assertThat(client.verdict()).isEqualTo(FeedClient.CLOSE_TOO_SLOW);
        socket.drain();
        assertThat(client.verdict()).isZero();
    }

    @Test
    void oneWhoseSessionIsOverIsClosed() {
        standing.set(Standing.SESSION_ENDED);
        int verdict = client.verdict();
        client.close(verdict, "over");
        client.close(verdict, "over");
        assertThat(socket.closedWith).containsExactly(Standing.SESSION_ENDED);
        assertThat(client.offer(Buffer.buffer(new byte[1]))).isFalse();
    }

    /** Takes messages and lets them leave only when told. */
    private static final class SlowSocket implements FeedClient.Socket {
        final Deque<Runnable> waiting = new ArrayDeque<>();
        final List<Integer> closedWith = new ArrayList<>();

        @Override
        public void send(Buffer message, Runnable done) {
            waiting.add(done);
        }

        @Override
        public void close(int code, String reason) {
            closedWith.add(code);
        }

        void drain() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }
}
