package io.haulwatch.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The encoder against the frames that the pages' decoder is tested with; they were written from docs/live-feed.md by hand. */
class FleetFramesTest {
    private static final Path FIXTURES = Path.of("../console-web/src/feed/fixtures");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesTheSnapshotOfTheFixture() throws IOException {
        JsonNode told = told("snapshot");
        FrameBytes out =
                FleetFrames.snapshot(epoch(told), seq(told), told.get("trucks").size(), time(told));
        for (JsonNode truck : told.get("trucks")) {
            FleetFrames.snapshotRow(
                    out,
                    truck.get("slot").asInt(),
                    truck.get("lon_microdeg").asInt() / 10,
                    truck.get("lat_microdeg").asInt() / 10,
                    truck.get("speed_kmh").asInt(),
                    truck.get("heading").asInt(),
                    truck.get("state").asInt(),
                    truck.get("risk").asInt(),
                    truck.get("age_s").asLong());
        }
        assertThat(out.done()).isEqualTo(frame("snapshot"));
    }

    @Test
    void writesTheDeltaOfTheFixture() throws IOException {
        JsonNode told = told("delta");
        JsonNode updates = told.get("updates");
        int count = updates.size();
        int[][] numbers = new int[3][count];
        byte[][] columns = new byte[4][count];
        for (int i = 0; i < count; i++) {
            JsonNode update = updates.get(i);
            numbers[0][i] = update.get("slot").asInt();
            numbers[1][i] = update.get("d_lon").asInt();
            numbers[2][i] = update.get("d_lat").asInt();
            columns[0][i] = (byte) update.get("speed_kmh").asInt();
            columns[1][i] = (byte) update.get("heading").asInt();
            columns[2][i] = (byte) update.get("state").asInt();
            columns[3][i] = (byte) update.get("risk").asInt();
        }
        assertThat(FleetFrames.delta(
                        epoch(told),
                        seq(told),
                        time(told),
                        count,
                        numbers[0],
                        numbers[1],
                        numbers[2],
                        columns[0],
                        columns[1],
                        columns[2],
                        columns[3]))
                .isEqualTo(frame("delta"));
    }

    @Test
    void writesGoneDictionaryAndHeartbeatOfTheFixtures() throws IOException {
        JsonNode gone = told("gone");
        int[] slots = new int[gone.get("slots").size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = gone.get("slots").get(i).asInt();
        }
        assertThat(FleetFrames.gone(epoch(gone), seq(gone), time(gone), slots.length, slots))
                .isEqualTo(frame("gone"));

        JsonNode dict = told("dict");
        assertThat(FleetFrames.dictionary(
                        epoch(dict), seq(dict), time(dict), 1, JSON.writeValueAsBytes(dict.get("dictionary"))))
                .isEqualTo(frame("dict"));

        JsonNode heartbeat = told("heartbeat");
        assertThat(FleetFrames.heartbeat(epoch(heartbeat), seq(heartbeat), time(heartbeat)))
                .isEqualTo(frame("heartbeat"));
    }

    @Test
    void aBigScreenGetsTheHeadOfTheDictionaryAndEveryOtherFrameAsItIs() throws IOException {
        byte[] dict = frame("dict");
        byte[] nameless = FleetFrames.nameless(Buffer.buffer(dict)).getBytes();
        assertThat(Arrays.copyOf(nameless, 12)).isEqualTo(Arrays.copyOf(dict, 12));
        assertThat(new String(nameless, 24, nameless.length - 24, StandardCharsets.UTF_8))
                .isEqualTo("{\"vehicles\":[],\"companies\":[]}");
        assertThat(FleetFrames.nameless(Buffer.buffer(frame("delta"))).getBytes())
                .isEqualTo(frame("delta"));
    }

    @Test
    void theTestDecoderReadsTheFixturesToo() throws IOException {
        FeedDecoder decoder = new FeedDecoder();
        decoder.accept(frame("snapshot"));
        decoder.accept(frame("delta"));
        decoder.accept(frame("gone"));
        decoder.accept(frame("dict"));
        decoder.accept(frame("heartbeat"));
        assertThat(decoder.trucks).containsOnlyKeys(0, 20_000);
        assertThat(decoder.at(0).lon5()).isEqualTo(10_655_200);
    }

    @Test
    void quantisesSpeedHeadingPlaceAndRiskAsThePageSays() {
        assertThat(FleetFrames.speedByte(0)).isZero();
        assertThat(FleetFrames.speedByte(984)).isEqualTo(98);
        assertThat(FleetFrames.speedByte(985)).isEqualTo(99);
        assertThat(FleetFrames.speedByte(9_000)).isEqualTo(255);
        assertThat(FleetFrames.headingByte(0)).isZero();
        assertThat(FleetFrames.headingByte(90)).isEqualTo(64);
        assertThat(FleetFrames.headingByte(359)).isEqualTo(255);
        assertThat(FleetFrames.q5(106_551_644)).isEqualTo(10_655_164);
        assertThat(FleetFrames.q5(-58_381_594)).isEqualTo(-5_838_159);
        assertThat(FleetFrames.q5(-58_381_596)).isEqualTo(-5_838_160);
        assertThat(FleetFrames.riskByte(4, 5)).isEqualTo(0x2C);
        assertThat(FleetFrames.riskByte(0, FleetFrames.DECILE_UNKNOWN)).isEqualTo(0xF8);
        assertThat(FleetFrames.drawable(0, 0)).isFalse();
        assertThat(FleetFrames.drawable(85_000_001, 1)).isFalse();
        assertThat(FleetFrames.drawable(1, -180_000_001)).isFalse();
        assertThat(FleetFrames.drawable(Integer.MIN_VALUE, 0)).isFalse();
        assertThat(FleetFrames.drawable(0, 1)).isTrue();
    }

    private static JsonNode told(String name) throws IOException {
        return JSON.readTree(FIXTURES.resolve(name + ".json").toFile());
    }

    private static byte[] frame(String name) throws IOException {
        String hex = Files.readAllLines(FIXTURES.resolve(name + ".hex")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining())
                .replaceAll("\\s", "");
        return HexFormat.of().parseHex(hex);
    }

    private static int epoch(JsonNode told) {
        return told.get("header").get("epoch").asInt();
    }

    private static int seq(JsonNode told) {
        return told.get("header").get("seq").asInt();
    }

    private static long time(JsonNode told) {
        return told.get("header").get("server_time_ms").asLong();
    }
}
