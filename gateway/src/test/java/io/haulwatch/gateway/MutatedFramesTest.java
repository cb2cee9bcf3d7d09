package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.jt808.Edition;
import io.haulwatch.model.report.PositionRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damaged frames through the real gateway: it lives on, and the log holds exactly what a plain second reader finds in the same bytes. The
 * million is in the codec's test of the same name; this one has the socket, the session and the log in it.
 */
class MutatedFramesTest {
    private static final String PHONE = "13912345678";
    private static final int MUTANTS = Integer.getInteger("haulwatch.mutants", 60_000);
    private static final LinkLimits PATIENT = new LinkLimits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(180),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Duration.ofSeconds(5),
            3,
            Duration.ofHours(1));

    @TempDir
    Path folder;

    @ParameterizedTest(name = "edition {0}, seed {1}")
    @CsvSource({"V2013, 1", "V2019, 2"})
    void areStoredExactlyAsAPlainReaderReadsThem(Edition edition, long seed) throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(
                folder, options -> options.withLimits(PATIENT).withFailures(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(edition, PHONE, 7);
            fixture.database.down = true;
            Thread drain = Thread.ofVirtual().start(() -> {
                try {
                    while (terminal.nextOrEnd() != null) {
                        // Answers are not the point here; they are read so that they do not pile up.
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Random random = new Random(seed);
            List<String> expected = new ArrayList<>();
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            terminal.sendRaw(new byte[] {0x7E});
            for (int i = 0; i < MUTANTS; i++) {
                burst.write(mutant(random, edition == Edition.V2019, i));
                burst.write(0x7E);
                if (i % 500 == 499) {
                    expected.addAll(PlainReader.read(burst.toByteArray(), PHONE));
                    terminal.sendRaw(burst.toByteArray());
                    burst.reset();
                }
            }
            byte[] last = frame(edition == Edition.V2019, 0x0200, 1, body(new Random(-1), Integer.MAX_VALUE / 2));
            byte[] end = Arrays.copyOf(last, last.length + 1);
            end[last.length] = 0x7E;
            expected.addAll(PlainReader.read(end, PHONE));
            terminal.sendRaw(end);
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> fixture.log.positionCount() >= expected.size());
            List<String> actual = fixture.log.positions().stream()
                    .map(MutatedFramesTest::line)
                    .toList();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).as("seed=%d position=%d", seed, i).isEqualTo(expected.get(i));
            }
            assertThat(actual).hasSameSizeAs(expected);
            // Mutants that never get through would prove nothing.
            assertThat(expected.size()).isGreaterThan(MUTANTS / 4);
            assertThat(fixture.gateway.sessions().size()).isEqualTo(1);
            terminal.close();
            drain.join();
        }
    }

    private static String line(PositionRecord p) {
        return "flags=" + p.flags() + " alarms=" + (p.alarms() & 0xFFFF_FFFFL) + " status="
                + (p.status() & 0xFFFF_FFFFL) + " lat=" + p.latitudeMicrodeg() + " lon=" + p.longitudeMicrodeg()
                + " alt=" + p.altitudeMetres() + " speed=" + p.speedDeciKmh() + " heading=" + p.headingDeg() + " time="
                + (p.deviceMillis() == PositionRecord.UNREADABLE_TIME ? "unreadable" : p.deviceMillis()) + " mileage="
                + (p.mileageDeciKm() == PositionRecord.ABSENT_MILEAGE ? "-" : p.mileageDeciKm()) + " recorder="
                + (p.recorderSpeedDeciKmh() == PositionRecord.ABSENT_SPEED ? "-" : p.recorderSpeedDeciKmh())
                + " signal=" + (p.signal() == PositionRecord.ABSENT_BYTE ? "-" : p.signal()) + " satellites="
                + (p.satellites() == PositionRecord.ABSENT_BYTE ? "-" : p.satellites()) + " body="
                + HexFormat.of().formatHex(p.body());
    }

    /** Wire bytes between two flags: a good frame, one damaged before its checksum was made, or one damaged on the wire. */
    private static byte[] mutant(Random random, boolean is2019, int n) {
        byte[] body = body(random, n);
        int id = 0x0200;
        if (random.nextInt(4) == 0) {
            id = 0x0704;
            ByteBuffer batch = ByteBuffer.allocate(3 + 2 * (2 + body.length));
            batch.putShort((short) 2).put((byte) random.nextInt(3));
            batch.putShort((short) body.length).put(body);
            batch.putShort((short) body.length).put(body(random, n + 500_000_000), 0, body.length);
            body = batch.array();
        }
        int kind = random.nextInt(3);
        if (kind == 1) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(3) == 0) {
                body = Arrays.copyOf(body, random.nextInt(body.length + 10));
            }
            if (random.nextInt(10) == 0) {
                id = random.nextInt(0x10000);
            }
        }
        byte[] wire = frame(is2019, id, n, body);
        if (kind == 2) {
            int at = random.nextInt(wire.length);
            switch (random.nextInt(3)) {
                case 0 -> wire[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> wire = Arrays.copyOf(wire, at);
                default -> wire[at] = (byte) random.nextInt();
            }
        }
        return wire;
    }

    /** A 0x0200 body whose base names {@code n}, so that no two are the same report. */
    private static byte[] body(Random random, int n) {
        byte[] items = random.nextBoolean()
                ? HexFormat.of().parseHex("01040001E2400302026430011831010B")
                : HexFormat.of().parseHex("310109EB03AABBCC");
        ByteBuffer body = ByteBuffer.allocate(28 + 16);
        body.putInt(0).putInt(3).putInt(n).putInt(113_999_378).putShort((short) 38);
        body.putShort((short) random.nextInt(1500)).putShort((short) random.nextInt(360));
        body.put(HexFormat.of().parseHex("260315143005")).put(items);
        return body.array();
    }

    private static byte[] frame(boolean is2019, int id, int serial, byte[] body) {
        ByteBuffer plain = ByteBuffer.allocate(17 + body.length + 1);
        plain.putShort((short) id).putShort((short) (body.length | (is2019 ? 0x4000 : 0)));
        if (is2019) {
            plain.put((byte) 1).putInt(0);
        }
        plain.put(HexFormat.of().parseHex("013912345678"))
                .putShort((short) serial)
                .put(body);
        byte xor = 0;
        for (int i = 0; i < plain.position(); i++) {
            xor ^= plain.get(i);
        }
        plain.put(xor);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < plain.position(); i++) {
            byte b = plain.get(i);
            if (b == 0x7D || b == 0x7E) {
                wire.write(0x7D);
                wire.write(b - 0x7C);
            } else {
                wire.write(b);
            }
        }
        return wire.toByteArray();
    }

    static {
        // The shortest check of the generator itself: section 14, example 1 of the protocol sheet.
        byte[] heartbeat = frame(false, 0x0002, 0x004C, new byte[0]);
        if (!HexFormat.of().formatHex(heartbeat).equals("0002000001391234567800" + "4c7d02")) {
            throw new AssertionError("generator is wrong: " + HexFormat.of().formatHex(heartbeat));
        }
    }
}
