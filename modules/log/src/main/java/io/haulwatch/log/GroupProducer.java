package io.haulwatch.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's way into the log: encodes records into its own buffers and hands them to the {@link GroupCommitter}. All methods
 * belong to one thread, the one that runs the executor given to {@link GroupCommitter#newProducer}.
 *
 * <p>A read burst goes like this; nothing is allocated once the buffers have grown:
 *
 * <pre>{@code
 * while (!producer.full() && (frame = nextFrame()) != null) {      // full: stop reading from the sockets
 *     ByteBuffer buffer = producer.begin(log.partitionOf(vehicleId), maxLength);
 *     int length = encode(frame, buffer, producer.position());
 *     producer.commit(length, token);                               // token: which answer waits for this record
 * }
 * producer.flush();                                                 // once, at the end of the burst
 * }</pre>
 *
 * <p>Everything between two calls of {@link #full} or {@link #flush} becomes durable together, so the records of one frame stay
 * together when {@link #full} is asked before each frame and not inside one. Records of one producer keep their order in the log, and
 * their tokens come back in that order.
 */
public final class GroupProducer {
    private static final Logger LOG = LoggerFactory.getLogger(GroupProducer.class);

    /** Buffers of one producer: one fills, one is handed over, one is being made durable, one is on its way back. */
    static final int BUFFERS = 4;

    private final GroupCommitter committer;
    private final Executor loop;
    private final GroupCommitter.Completion completion;
    private final Runnable onSpace;
    private final int bufferBytes;
    private final int partitions;

    // The loop's own.
    private final ArrayDeque<PendingGroup> free = new ArrayDeque<>(BUFFERS);
    private @Nullable PendingGroup filling;
    private boolean starved;

    // Handed over and not yet fetched; guarded by itself. At most BUFFERS.
    private final ArrayDeque<PendingGroup> ready = new ArrayDeque<>(BUFFERS);
    private boolean stopped;

    GroupProducer(
            GroupCommitter committer,
            Executor loop,
            GroupCommitter.Completion completion,
            Runnable onSpace,
            int bufferBytes,
            int partitions) {
        this.committer = committer;
        this.loop = loop;
        this.completion = completion;
        this.onSpace = onSpace;
        this.bufferBytes = bufferBytes;
        this.partitions = partitions;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new PendingGroup(this, bufferBytes));
        }
    }

    /**
     * Whether no record can be taken now because all buffers wait for the log. The caller then stops reading from its sockets; {@code
     * onSpace} runs on the loop when there is room again. Ask before each frame: after {@code false} any number of records of that one
     * frame is taken.
     */
    public boolean full() {
        PendingGroup group = filling;
        // A quarter is left for the last frame, so that buffers hardly ever grow.
        if (group != null && group.bytes() >= bufferBytes - bufferBytes / 4) {
            handOver(group);
            group = filling;
        }
        if (group == null) {
            group = free.poll();
            filling = group;
        }
        starved = group == null;
        return starved;
    }

    /**
     * Makes room for a record of at most {@code maxLength} bytes in {@code partition} and returns the buffer to write it into, at
     * {@link #position}, with absolute puts; big-endian. The buffer may be another one at each call.
     *
     * @throws IllegalStateException if {@link #full} says true
     * @throws IllegalArgumentException if the partition does not exist; the episode stream is not written here
     */
    public ByteBuffer begin(int partition, int maxLength) {
        if (partition < 0 || partition >= partitions || maxLength < 0) {
            throw new IllegalArgumentException(
                    "no such record: partition=" + partition + " partitions=" + partitions + " maxLength=" + maxLength);
        }
        PendingGroup group = filling;
        if (group == null) {
            group = free.poll();
            if (group == null) {
                throw new IllegalStateException("begin while full: buffers=" + BUFFERS + " bufferBytes=" + bufferBytes);
            }
            filling = group;
        }
        return group.begin(partition, maxLength);
    }

    /** Where the record that was begun starts. */
    public int position() {
        return begun().position();
    }

    /** Ends the record that was begun, of {@code length} bytes, and asks for no answer: an earlier part of a frame with several. */
    public void commit(int length) {
        begun().commit(length);
    }

    /** Ends the record that was begun; {@code token} comes back to {@link GroupCommitter.Completion} when it is durable or refused. */
    public void commit(int length, long token) {
        PendingGroup group = begun();
        group.commit(length);
        group.addToken(token);
    }

    /** Hands over what was collected; call it at the end of each read burst. Does nothing if there is nothing. */
    public void flush() {
        PendingGroup group = filling;
        if (group != null && group.records() > 0) {
            handOver(group);
        }
    }

    private PendingGroup begun() {
        PendingGroup group = filling;
        if (group == null) {
            throw new IllegalStateException("no record begun");
        }
        return group;
    }

    private void handOver(PendingGroup group) {
        int bytes = group.bytes();
        synchronized (ready) {
            if (!stopped) {
                PendingGroup last = ready.peekLast();
                if (last != null && last.bytes() + bytes <= bufferBytes) {
                    // Not fetched yet: one copy is cheaper than a buffer for each small burst.
                    last.addAll(group);
                    group.clear(bufferBytes);
                } else {
                    ready.addLast(group);
                    filling = null;
                }
                committer.handedOver(bytes);
                return;
            }
        }
        filling = null;
        group.settle(new LogUnavailableException("the log is being closed"));
        giveBack(group);
    }

    /** The next group to append, or null. Called by the committer. */
    @Nullable
    PendingGroup fetch() {
        synchronized (ready) {
            return ready.pollFirst();
        }
    }

    /** From now on everything is refused. Called by the committer at its end. */
    void stop() {
        synchronized (ready) {
            stopped = true;
        }
    }

    /** Sends a settled group back to the loop. Called by the committer. */
    void giveBack(PendingGroup group) {
        try {
            loop.execute(group);
        } catch (RejectedExecutionException e) {
            // The loop has ended; nobody waits for these answers any more.
            committer.countUndelivered(group.tokenCount());
            LOG.debug("answers not delivered, the event loop has ended: tokens={}", group.tokenCount());
        }
    }

    /** On the loop: answers and reuses the buffer. */
    void takeBack(PendingGroup group) {
        LogUnavailableException refusal = group.refusal();
        try {
            if (group.tokenCount() == 0) {
                LOG.trace("nobody waits for these records");
            } else if (refusal == null) {
                completion.durable(group.tokens(), group.tokenCount());
            } else {
                completion.refused(group.tokens(), group.tokenCount(), refusal);
            }
        } catch (RuntimeException e) {
            LOG.error("completion failed, answers may be missing: tokens={}", group.tokenCount(), e);
        }
        group.clear(bufferBytes);
        free.addLast(group);
        if (starved) {
            starved = false;
            onSpace.run();
        }
    }
}
