package io.haulwatch.jt808.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the sub-packages (分包) of one terminal's long messages, within quotas. Packages may come in any order and more than once. A message is
 * known by (message id, serial − number), which is the same for all its packages; a terminal that sends one serial for
 * all of them is recognised, and its messages are known by (message id, total).
 *
 * <p>Nothing joined here is durable. Whoever answers packages one by one must know that a terminal may erase what was answered.
 */
public final class SubpackageAssembler {
    /** What a slot in the table of packages costs besides its bytes; keeps empty packages from being free. */
    public static final int SLOT_BYTES = 8;

    private final Limits limits;
    private final List<Message> messages = new ArrayList<>();
    private int heldBytes;
    private @Nullable Assembled assembled;

    /** An assembler for one terminal. */
    public SubpackageAssembler(Limits limits) {
        this.limits = limits;
    }

    /**
     * What one terminal may occupy.
     *
     * @param bytes body bytes of all unfinished messages, plus 8 for each announced package
     * @param messages unfinished messages
     * @param idleMillis an unfinished message without news for longer than this is given up
     */
    public record Limits(int bytes, int messages, long idleMillis) {
        /** 256 KiB, 4 messages, 5 minutes: a picture and a batch side by side. */
        public static final Limits STANDARD = new Limits(256 * 1024, 4, 300_000L);

        /** Refuses limits that let nothing in. */
        public Limits {
            if (bytes <= 0 || messages <= 0 || idleMillis <= 0) {
                throw new IllegalArgumentException("limits must be positive: bytes=" + bytes + " messages=" + messages
                        + " idleMillis=" + idleMillis);
            }
        }
    }

    /** What {@link #add} did with a package. */
    public enum Outcome {
        /** The last one was missing: {@link #take} has the message. */
        COMPLETE,
        /** Kept; others are still missing. */
        WAITING,
        /** The same package with the same bytes is already here. Answer it again. */
        REPEATED,
        /** Number 0, number above total, or total 0. */
        BAD_NUMBER,
        /** Refused: as many unfinished messages as allowed. */
        TOO_MANY_MESSAGES,
        /** Refused: as many bytes as allowed. */
        TOO_MANY_BYTES
    }

    /**
     * A joined message.
     *
     * @param messageId message id
     * @param firstSerial serial of package 1
     * @param lastSerial serial of the package that completed it
     * @param body the bodies in order of their numbers; the receiver's to keep
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // Handed over once, never compared: a copy of a picture would buy nothing.
    public record Assembled(int messageId, int firstSerial, int lastSerial, byte[] body) {}

    /**
     * An unfinished message.
     *
     * @param messageId message id
     * @param firstSerial serial of package 1, as a request to send again names it
     * @param total announced packages
     * @param missing numbers not here yet, ascending
     */
    public record Gap(int messageId, int firstSerial, int total, List<Integer> missing) {}

    /**
     * Takes a package; copies its body.
     *
     * @param frame a sub-packaged frame of this terminal
     * @param nowMillis receive time, any steady origin
     */
    public Outcome add(FrameView frame, long nowMillis) {
        assembled = null;
        expire(nowMillis);
        int total = frame.packageTotal();
        int number = frame.packageNumber();
        if (number < 1 || number > total) {
            return Outcome.BAD_NUMBER;
        }
        Message message = find(frame);
        if (message != null && message.has(number)) {
            if (message.holds(number, frame)) {
                message.lastMillis = nowMillis;
                return Outcome.REPEATED;
            }
            // The same name with other bytes: the terminal began a new message, the old one will never be whole.
            drop(message);
            message = null;
        }
        int cost = frame.bodyLength() + (message == null ? total * SLOT_BYTES : 0);
        if (heldBytes + cost > limits.bytes) {
            return Outcome.TOO_MANY_BYTES;
        }
        if (message == null) {
            if (messages.size() >= limits.messages) {
                return Outcome.TOO_MANY_MESSAGES;
            }
            message = new Message(frame);
            messages.add(message);
        }
        heldBytes += cost;
        message.put(number, frame, nowMillis);
        if (message.received < total) {
            return Outcome.WAITING;
        }
        drop(message);
        assembled = new Assembled(message.messageId, message.firstSerial(), frame.serial(), message.join());
        return Outcome.COMPLETE;
    }

    /** The message that the last {@link #add} completed; once. */
    public Assembled take() {
        Assembled whole = assembled;
        if (whole == null) {
            throw new IllegalStateException("no message was completed by the last package");
        }
        assembled = null;
        return whole;
    }

    /** Gives up messages without news for too long; returns how many. */
    public int expire(long nowMillis) {
        int given = 0;
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (nowMillis - message.lastMillis > limits.idleMillis) {
                each.remove();
                heldBytes -= message.cost();
                given++;
            }
        }
        return given;
    }

    /** Unfinished messages without news for at least {@code quietMillis}, for a request to send packages again. */
    public List<Gap> gaps(long nowMillis, long quietMillis) {
        List<Gap> gaps = new ArrayList<>();
        for (Message message : messages) {
            if (nowMillis - message.lastMillis >= quietMillis) {
                gaps.add(new Gap(message.messageId, message.firstSerial(), message.total, message.missing()));
            }
        }
        return gaps;
    }

    /** Unfinished messages. */
    public int pendingMessages() {
        return messages.size();
    }

    /** What counts against {@link Limits#bytes}. */
    public int heldBytes() {
        return heldBytes;
    }

    private @Nullable Message find(FrameView frame) {
        int origin = (frame.serial() - frame.packageNumber()) & 0xFFFF;
        for (Message message : messages) {
            if (message.sameKind(frame) && !message.oneSerial && message.origin == origin) {
                return message;
            }
        }
        for (Message message : messages) {
            if (message.sameKind(frame)
                    && message.serial == frame.serial()
                    && (message.oneSerial || message.alone(frame))) {
                message.oneSerial = true;
                return message;
            }
        }
        return null;
    }

    private void drop(Message message) {
        messages.remove(message);
        heldBytes -= message.cost();
    }

    private static final class Message {
        private final int messageId;
        private final int total;
        private final int origin;
        private final int serial;
        private final byte[][] parts;
        private boolean oneSerial;
        private int received;
        private int bytes;
        private long lastMillis;

        private Message(FrameView first) {
            messageId = first.messageId();
            total = first.packageTotal();
            serial = first.serial();
            origin = (serial - first.packageNumber()) & 0xFFFF;
            parts = new byte[total][];
        }

        private boolean sameKind(FrameView frame) {
            return messageId == frame.messageId() && total == frame.packageTotal();
        }

        /** Only one package is here, and it is another one than this frame. */
        private boolean alone(FrameView frame) {
            return received == 1 && !has(frame.packageNumber());
        }

        private boolean has(int number) {
            return parts[number - 1] != null;
        }

        private boolean holds(int number, FrameView frame) {
            byte[] part = parts[number - 1];
            int from = frame.bodyOffset();
            return Arrays.equals(part, 0, part.length, frame.bytes(), from, from + frame.bodyLength());
        }

        private void put(int number, FrameView frame, long nowMillis) {
            byte[] part = frame.copyBody();
            parts[number - 1] = part;
            received++;
            bytes += part.length;
            lastMillis = nowMillis;
        }

        private int firstSerial() {
            return oneSerial ? serial : (origin + 1) & 0xFFFF;
        }

        private int cost() {
            return bytes + total * SLOT_BYTES;
        }

        private List<Integer> missing() {
            List<Integer> missing = new ArrayList<>();
            for (int number = 1; number <= total; number++) {
                if (!has(number)) {
                    missing.add(number);
                }
            }
            return missing;
        }

        private byte[] join() {
            byte[] body = new byte[bytes];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, body, at, part.length);
                at += part.length;
            }
            return body;
        }
    }
}
