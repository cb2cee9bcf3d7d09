package io.haulwatch.model.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A driver's card went into the terminal or came out of it (0x0702): {@code version u8, type u8, event u8, 0 u8, vehicle i32, received i64,
 * device i64}, then three texts of UTF-8, each behind its length u16. Who the driver is, is not decided here: the register may learn of the card
 * later.
 *
 * @param deviceMillis when by the terminal's clock, ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}, as always in 2011
 * @param name as on the card, empty unless the card was read
 * @param qualification qualification code (从业资格证), empty unless the card was read
 * @param identityCard identity card number, 2011 and 2019 only, else empty
 */
public record CardRecord(
        int vehicleId,
        Event event,
        long receivedMillis,
        long deviceMillis,
        String name,
        String qualification,
        String identityCard) {
    private static final int HEAD = 24;
    private static final int NAME = 0;
    private static final int QUALIFICATION = 1;
    private static final int IDENTITY_CARD = 2;
    private static final int TEXTS = 3;

    /** What happened to the card. */
    public enum Event {
        /** It is in and was read. */
        IN(1),
        /** It is in and could not be read. */
        UNREADABLE(2),
        /** It is out. */
        OUT(3);

        private final int code;

        Event(int code) {
            this.code = code;
        }

        /** How it is written. */
        public int code() {
            return code;
        }

        /** @throws IllegalArgumentException if nothing is written so */
        public static Event of(int code) {
            for (Event event : values()) {
                if (event.code == code) {
                    return event;
                }
            }
            throw new IllegalArgumentException("no such event of a card: code=" + code);
        }
    }

    /** When, for the rules: the terminal's clock, or the gateway's where the message has none. */
    public long millis() {
        return deviceMillis == PositionRecord.UNREADABLE_TIME ? receivedMillis : deviceMillis;
    }

    /** The bytes of the record. */
    public byte[] bytes() {
        byte[][] texts = new byte[TEXTS][];
        texts[NAME] = name.getBytes(StandardCharsets.UTF_8);
        texts[QUALIFICATION] = qualification.getBytes(StandardCharsets.UTF_8);
        texts[IDENTITY_CARD] = identityCard.getBytes(StandardCharsets.UTF_8);
        int length = HEAD;
        for (byte[] text : texts) {
            length += Short.BYTES + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) RecordType.VERSION)
                .put((byte) RecordType.DRIVER)
                .put((byte) event.code())
                .put((byte) 0)
                .putInt(vehicleId)
                .putLong(receivedMillis)
                .putLong(deviceMillis);
        for (byte[] text : texts) {
            out.putShort((short) text.length).put(text);
        }
        return out.array();
    }

    /** Reads the record that starts at {@code offset}. */
    public static CardRecord read(ByteBuffer source, int offset) {
        String[] texts = new String[TEXTS];
        int at = offset + HEAD;
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = new byte[source.getShort(at) & 0xFFFF];
            source.get(at + Short.BYTES, text);
            texts[i] = new String(text, StandardCharsets.UTF_8);
            at += Short.BYTES + text.length;
        }
        return new CardRecord(
                source.getInt(offset + 4),
                Event.of(source.get(offset + 2)),
                source.getLong(offset + 8),
                source.getLong(offset + 16),
                texts[NAME],
                texts[QUALIFICATION],
                texts[IDENTITY_CARD]);
    }
}
