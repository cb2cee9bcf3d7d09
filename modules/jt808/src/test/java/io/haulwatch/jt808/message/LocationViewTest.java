package io.haulwatch.jt808.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.haulwatch.model.report.PositionRecord;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What must not change or cost anything: the identity of a position, and the price of reading one. */
class LocationViewTest {
    /** Base of the sheet's example 6; its XXH64 was computed by another program. */
    private static final byte[] EXAMPLE_6 =
            HexFormat.of().parseHex("00000002000C00030157E07D06CB7E120026026A0057260315143005");

    private final LocationView view = new LocationView();

    @Test
    void hasAnIdentityThatNeverChanges() {
        assertThat(view.wrap(EXAMPLE_6, 0, EXAMPLE_6.length)).isTrue();
        assertThat(view.hash()).isEqualTo(0x725BB73852609264L);
    }

    @Test
    void hasTheSameIdentityWhateverItemsFollow() {
        byte[] body = HexFormat.of().parseHex("FF" + HexFormat.of().formatHex(EXAMPLE_6) + "31010B");
        assertThat(view.wrap(body, 1, body.length - 1)).isTrue();
        assertThat(view.hash()).isEqualTo(0x725BB73852609264L);
    }

    @Test
    void takesTheWholeBodyForItsIdentityWhenTheTimeCannotBeRead() {
        byte[] body = HexFormat.of().parseHex("000000000000000301C9C38107270E02006401C8005A000000000000" + "310108");
        assertThat(view.wrap(body, 0, body.length)).isTrue();
        assertThat(view.deviceMillis()).isEqualTo(PositionRecord.UNREADABLE_TIME);
        assertThat(view.hash()).isEqualTo(0x82767A08F23EB822L);
    }

    @Test
    void takesTheFirstOfAnItemThatIsSentTwice() {
        byte[] body = HexFormat.of()
                .parseHex(HexFormat.of().formatHex(EXAMPLE_6) + "0102FFFF" + "010400000005" + "010400000006" + "310107"
                        + "310108");
        assertThat(view.wrap(body, 0, body.length)).isTrue();
        assertThat(view.mileageDeciKm()).isEqualTo(5);
        assertThat(view.satellites()).isEqualTo(7);
        assertThat(view.partial()).isFalse();
    }

    @Test
    void forgetsTheItemsOfThePositionBefore() {
        byte[] rich = HexFormat.of()
                .parseHex(
                        HexFormat.of().formatHex(EXAMPLE_6) + "010400000005" + "03020264" + "300118" + "310107" + "55");
        assertThat(view.wrap(rich, 0, rich.length)).isTrue();
        assertThat(view.partial()).isTrue();
        assertThat(view.wrap(EXAMPLE_6, 0, EXAMPLE_6.length)).isTrue();
        assertThat(view.partial()).isFalse();
        assertThat(view.mileageDeciKm()).isEqualTo(PositionRecord.ABSENT_MILEAGE);
        assertThat(view.recorderSpeedDeciKmh()).isEqualTo(PositionRecord.ABSENT_SPEED);
        assertThat(view.signal()).isEqualTo(PositionRecord.ABSENT_BYTE);
        assertThat(view.satellites()).isEqualTo(PositionRecord.ABSENT_BYTE);
    }

    @Test
    void marksAPositionThatCarriesAnActiveSafetyItemAndNoOther() {
        String base = HexFormat.of().formatHex(EXAMPLE_6);
        assertThat(flags(base + "642F" + "00".repeat(47))).isEqualTo(PositionRecord.FLAG_SAFETY);
        assertThat(flags(base)).isZero();
        assertThat(flags(base + "310107" + "6741" + "00".repeat(65))).isEqualTo(PositionRecord.FLAG_SAFETY);
        assertThat(flags(base + "6404" + "00000001")).isZero();
        assertThat(flags(base + "632F" + "00".repeat(47))).isZero();
    }

    private int flags(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        assertThat(view.wrap(body, 0, body.length)).isTrue();
        ByteBuffer target = ByteBuffer.allocate(256);
        view.toRecord(0, 7, 0, target, 0);
        return new PositionRecord().wrap(target, 0).flags();
    }

    @Test
    void refusesABodyShorterThanTheBase() {
        assertThat(view.wrap(EXAMPLE_6, 0, 27)).isFalse();
        assertThat(view.wrap(EXAMPLE_6, 0, 0)).isFalse();
        assertThat(view.wrap(EXAMPLE_6, 0, -2)).isFalse();
    }

    @Test
    void doesNotTakeZeroZeroForAFix() {
        byte[] body = EXAMPLE_6.clone();
        assertThat(view.wrap(body, 0, body.length)).isTrue();
        assertThat(view.fixed()).isTrue();
        Arrays.fill(body, 8, 16, (byte) 0);
        assertThat(view.fixed()).isFalse();
    }

    @Test
    void allocatesNothingOnTheWayIntoTheLog() {
        ByteBuffer target = ByteBuffer.allocateDirect(256);
        long written = decode(target, 200_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        written += decode(target, 200_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(written).isEqualTo(400_000L * (PositionRecord.HEAD + EXAMPLE_6.length));
        // One byte in ten positions leaves room for what the measurement itself allocates.
        assertThat(allocated).isLessThan(20_000);
    }

    private long decode(ByteBuffer target, int times) {
        long written = 0;
        for (int i = 0; i < times; i++) {
            if (view.wrap(EXAMPLE_6, 0, EXAMPLE_6.length)) {
                written += view.toRecord(0, i, i, target, 0);
            }
        }
        return written;
    }
}
