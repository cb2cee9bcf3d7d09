package io.haulwatch.app.journeys;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * More trucks than a test can run: says the live feed of docs/live-feed.md to a page in the server's place, and names the trucks. Every
 * truck has reported somewhere in China.
 */
final class FleetOfMany {
    private static final int HEADER_BYTES = 24;
    private static final int SNAPSHOT_BYTES = 18;
    private static final int LONGEST_UPDATE = 5 + 2 * 5 + 4;
    private static final int EPOCH = 7;
    private static final int SNAPSHOT = 1;
    private static final int DELTA = 2;
    private static final byte ONLINE_MOVING_FIX = 1 | 2 | 8;
    private static final byte NO_ALARM_NO_SCORE = (byte) (31 << 3);
    private static final int COMPANIES = 15;

    private final Random random;
    private final int trucks;
    private @Nullable WebSocketRoute line;
    private int sequence;

    FleetOfMany(Page page, int trucks, long seed) {
        this.trucks = trucks;
        this.random = new Random(seed);
        page.routeWebSocket("**/ws/fleet", opened -> line = opened);
        page.route(
                "**/api/v1/fleet/dictionary",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(dictionary())));
    }

    /** Whether the page has opened its line. */
    boolean listening() {
        return line != null;
    }

    private String dictionary() {
        StringBuilder json = new StringBuilder("{\"epoch\":" + EPOCH + ",\"vehicles\":[");
        for (int slot = 0; slot < trucks; slot++) {
            json.append(slot == 0 ? "" : ",")
                    .append("[%d,%d,\"渝D%05d\",%d,\"GENERAL\"]".formatted(slot, slot + 1, slot, slot % COMPANIES + 1));
        }
        json.append("],\"companies\":[");
        for (int company = 1; company <= COMPANIES; company++) {
            json.append(company == 1 ? "" : ",").append("[%d,\"第%d物流\"]".formatted(company, company));
        }
        return json.append("]}").toString();
    }

    /** The first so many trucks, and no others. */
    void snapshot(int shown) {
        ByteBuffer frame = frame(SNAPSHOT, shown, shown * SNAPSHOT_BYTES);
        for (int slot = 0; slot < shown; slot++) {
            frame.putInt(slot)
                    .putInt((10_000_000 + random.nextInt(2_000_000)) * 10)
                    .putInt((2_400_000 + random.nextInt(1_600_000)) * 10)
                    .put((byte) random.nextInt(100))
                    .put((byte) random.nextInt(256))
                    .put(ONLINE_MOVING_FIX)
                    .put(NO_ALARM_NO_SCORE)
                    .putShort((short) random.nextInt(10));
        }
        send(frame);
    }

    /** So many trucks of all report, as in half a second of them; each went on by up to 300 m. */
    void delta(int reporting) {
        BitSet slots = new BitSet(trucks);
        while (slots.cardinality() < reporting) {
            slots.set(random.nextInt(trucks));
        }
        ByteBuffer frame = frame(DELTA, reporting, reporting * LONGEST_UPDATE);
        int before = 0;
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            varint(frame, slot - before);
            before = slot;
        }
        for (int i = 0; i < 2 * reporting; i++) {
            int difference = random.nextInt(-270, 271);
            varint(frame, (difference << 1) ^ (difference >> 31));
        }
        for (int i = 0; i < 2 * reporting; i++) {
            frame.put((byte) random.nextInt(100));
        }
        for (int i = 0; i < reporting; i++) {
            frame.put(ONLINE_MOVING_FIX);
        }
        for (int i = 0; i < reporting; i++) {
            frame.put(NO_ALARM_NO_SCORE);
        }
        send(frame);
    }

    private ByteBuffer frame(int type, int count, int mostBytes) {
        return ByteBuffer.allocate(HEADER_BYTES + mostBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x48)
                .put((byte) 1)
                .put((byte) type)
                .put((byte) 0)
                .putInt(EPOCH)
                .putInt(type == SNAPSHOT ? sequence : ++sequence)
                .putInt(count)
                .putDouble((double) System.currentTimeMillis());
    }

    private static void varint(ByteBuffer frame, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            frame.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        frame.put((byte) rest);
    }

    private void send(ByteBuffer frame) {
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        Objects.requireNonNull(line, "nobody listens").send(bytes);
    }
}
