package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.console.live.FeedDecoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A client that does not read costs a bounded queue and nobody else's frames; when it reads again it gets a fresh picture. */
class SlowReaderTest {
    private static final int TRUCKS = 20_000;

    @Test
    void oneWhoDoesNotReadFallsBehindAloneAndStartsOverWhenItReads() throws Exception {
        try (Stage stage = new Stage()) {
            stage.database.run("insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) "
                    + "select n, 1, '渝X' || n, 2, 'GENERAL' from generate_series(100, " + (100 + TRUCKS) + ") n");
            Visitor visitor = Visitor.signedIn(stage.port(), "company1");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> visitor.json("/api/v1/fleet/dictionary")
                                    .get("vehicles")
                                    .size()
                            > TRUCKS);
            Visitor.Line quick = visitor.open("/ws/fleet");
            FeedDecoder quickView = new FeedDecoder();
            try (Socket slow = new Socket()) {
                slow.setReceiveBufferSize(8 * 1024);
                slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.port()));
                slow.getOutputStream()
                        .write(("GET /ws/fleet HTTP/1.1\r\nHost: 127.0.0.1:" + stage.port()
                                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: "
                                        + Objects.requireNonNull(visitor.cookie) + "\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                int[] round = {0};
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(400))
                        .until(() -> {
                            round[0]++;
                            for (int id = 100; id < 100 + TRUCKS; id++) {
                                stage.ports.report(
                                        id,
                                        29_000_000 + id * 7 + round[0] * 900,
                                        106_000_000 - id * 3,
                                        600,
                                        15,
                                        stage.clock.millis());
                            }
                            follow(quick, quickView);
                            return dropped(stage) > 3;
                        });
                // The quick one has missed nothing: its decoder refuses a gap.
                assertThat(quickView.snapshots).isEqualTo(1);
                assertThat(quickView.deltas).isPositive();

                FeedDecoder slowView = new FeedDecoder();
                DataInputStream in = new DataInputStream(slow.getInputStream());
                skipHandshake(in);
                slow.setSoTimeout(20_000);
                while (slowView.snapshots < 2) {
                    byte[] message = message(in);
                    // What was dropped shows as a jump, which the snapshot that follows repairs.
                    if (message[2] == 1 || message[2] == 2) {
                        slowView.accept(message);
                    }
                }
                assertThat(slowView.trucks).hasSizeGreaterThan(TRUCKS - 1);
            }
            quick.close();
        }
    }

    private static double dropped(Stage stage) {
        return stage.meters.counter("haulwatch_console_feed_frames_dropped").count();
    }

    private static void follow(Visitor.Line line, FeedDecoder view) {
        while (!line.frames.isEmpty()) {
            view.accept(line.frames.removeFirst());
        }
    }

    private static void skipHandshake(DataInputStream in) throws IOException {
        int end = 0;
        while (end < 4) {
            int next = in.readUnsignedByte();
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
        }
    }

    /** One unmasked binary message of RFC 6455, in one or several frames. */
    private static byte[] message(DataInputStream in) throws IOException {
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        boolean last;
        do {
            int first = in.readUnsignedByte();
            last = (first & 0x80) != 0;
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            whole.writeBytes(in.readNBytes((int) length));
        } while (!last);
        return whole.toByteArray();
    }
}
