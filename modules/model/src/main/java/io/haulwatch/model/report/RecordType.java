package io.haulwatch.model.report;

/** Second byte of every record of the report log; the first byte is the layout version. */
public final class RecordType {
    /** A position report, see {@link PositionRecord}. */
    public static final int POSITION = 1;
    /** A driver's card in or out, see {@link CardRecord}. */
    public static final int DRIVER = 2;
    /** A terminal signed on or its link was lost, see {@link LinkRecord}. */
    public static final int LINK = 3;
    /** The gateway's minute hand, see {@link TickRecord}. */
    public static final int TICK = 4;
    /** Frames that did not become positions, see {@link TallyRecord}. */
    public static final int TALLY = 5;

    /** Layout version that this build writes. */
    public static final int VERSION = 1;

    private RecordType() {}

    /** The type of the record that starts at {@code offset}. */
    public static int of(java.nio.ByteBuffer buffer, int offset) {
        return buffer.get(offset + 1) & 0xFF;
    }
}
