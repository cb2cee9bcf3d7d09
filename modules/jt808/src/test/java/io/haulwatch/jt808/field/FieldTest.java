package io.haulwatch.jt808.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.model.report.PositionRecord;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** BCD, device time, GBK and the identity hash against plain references and published values. */
class FieldTest {
    @Test
    void everySecondOfARandomDayReadsAsTheCalendarSays() {
        long seed = 20_260_315L;
        Random random = new Random(seed);
        byte[] wire = new byte[DeviceTime.LENGTH];
        for (int i = 0; i < 200_000; i++) {
            for (int at = 0; at < wire.length; at++) {
                int limit = new int[] {110, 15, 34, 26, 62, 62}[at];
                int number = random.nextInt(limit);
                wire[at] = (byte) (random.nextInt(500) == 0 ? random.nextInt(256) : number / 10 * 16 + number % 10);
            }
            assertThat(DeviceTime.millis(wire, 0))
                    .as("seed=%d wire=%s", seed, HexFormat.of().formatHex(wire))
                    .isEqualTo(plainMillis(wire));
        }
    }

    @Test
    void writesTheTimeThatItReads() {
        Random random = new Random(7);
        byte[] wire = new byte[8];
        for (int i = 0; i < 10_000; i++) {
            long millis = 1_000L * random.nextLong(946_656_000L, 4_102_416_000L);
            DeviceTime.put(wire, 2, millis);
            assertThat(DeviceTime.millis(wire, 2)).isEqualTo(millis);
        }
        assertThatThrownBy(() -> DeviceTime.put(wire, 0, 4_102_416_000_000L)).hasMessageContaining("2000 to 2099");
        assertThatThrownBy(() -> DeviceTime.put(wire, 0, 946_655_999_999L)).hasMessageContaining("2000 to 2099");
    }

    @Test
    void hashesAsPublished() {
        assertThat(hash("")).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(hash("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(hash("abc")).isEqualTo(0x44BC2CF5AD770999L);
        assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xFBCEA83C8A378BF1L);
    }

    @Test
    void keysOfPhonesKeepHexDigitsAndLoseLeadingZeros() {
        assertThat(Bcd.key(new byte[] {0, 0x01, (byte) 0xAB}, 0, 3)).isEqualTo("1AB");
        assertThat(Bcd.key(new byte[6], 0, 6)).isEqualTo("0");
        assertThatThrownBy(() -> Bcd.of(100)).hasMessageContaining("number=100");
    }

    @Test
    void trimsPaddingAtBothEnds() {
        byte[] padded = {0, ' ', 'A', ' ', 'B', 0, 0, ' '};
        assertThat(Gbk.text(padded, 0, padded.length)).isEqualTo("A B");
        assertThat(Gbk.text(new byte[3], 0, 3)).isEmpty();
        assertThat(Gbk.strict(new byte[] {(byte) 0x81}, 0, 1)).isNull();
    }

    private static long hash(String text) {
        byte[] bytes = ("xx" + text).getBytes(StandardCharsets.US_ASCII);
        return XxHash64.hash(bytes, 2, bytes.length - 2);
    }

    private static long plainMillis(byte[] wire) {
        String digits = HexFormat.of().formatHex(wire);
        if (!digits.chars().allMatch(Character::isDigit)) {
            return PositionRecord.UNREADABLE_TIME;
        }
        int[] part = new int[6];
        for (int i = 0; i < 6; i++) {
            part[i] = Integer.parseInt(digits.substring(2 * i, 2 * i + 2));
        }
        try {
            return LocalDateTime.of(2000 + part[0], part[1], part[2], part[3], part[4], part[5])
                    .toInstant(ZoneOffset.ofHours(8))
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return PositionRecord.UNREADABLE_TIME;
        }
    }
}
