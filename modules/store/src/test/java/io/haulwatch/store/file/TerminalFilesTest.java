package io.haulwatch.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.file.TerminalFiles.Item;
import io.haulwatch.store.file.TerminalFiles.Outcome;
import io.haulwatch.store.file.TerminalFiles.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminalFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final long MEGABYTE = 1024 * 1024;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestDatabase database;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.onEmbedded();
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, 'A', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) select n, 1, '渝A' || n, 2, 'GENERAL' "
                        + "from generate_series(11, 16) n");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aPictureIsAFileThatTheServerNamedAndARowOfItsTrucksCompany() throws Exception {
        TerminalFiles files = files(MEGABYTE);
        byte[] picture = jpeg(10_000, 1);
        assertThat(files.keep(medium(11, picture, NOON, 9))).isEqualTo(Outcome.STORED);
        List<Path> found = filesBelow(data);
        assertThat(found).hasSize(1);
        assertThat(data.relativize(found.getFirst()).toString()).matches("media/2026-11-20/[0-9a-f-]{36}");
        assertThat(Files.readAllBytes(found.getFirst())).isEqualTo(picture);
        UUID id = UUID.fromString(found.getFirst().getFileName().toString());
        assertThat(files.read(id, NOON)).isEqualTo(picture);
        assertThat(database.one(
                        "select company_id || ' ' || kind || ' ' || content_type || ' ' || bytes || ' ' || (content is null) "
                                + "from hw.terminal_file where file_id = '" + id + "'"))
                .isEqualTo("1 image image/jpeg 10000 true");

        // The same again, as a terminal sends it that did not hear its answer.
        assertThat(files.keep(medium(11, picture, NOON.plusSeconds(60), 9))).isEqualTo(Outcome.KNOWN);
        assertThat(filesBelow(data)).hasSize(1);
    }

    @Test
    void aSmallThingLiesInItsRowAndAMediumTakesThePlaceOfItsAnnouncement() throws Exception {
        TerminalFiles files = files(MEGABYTE);
        assertThat(files.keep(item(12, Source.ANNOUNCED, new byte[0], NOON, 5L, 0)))
                .isEqualTo(Outcome.STORED);
        assertThat(kinds(12)).containsExactly("announced");
        assertThat(files.keep(medium(12, jpeg(100, 2), NOON, 5))).isEqualTo(Outcome.STORED);
        assertThat(kinds(12)).containsExactly("image");
        assertThat(files.keep(item(12, Source.RECORDER, new byte[] {0x55, 0x7A}, NOON, null, 8)))
                .isEqualTo(Outcome.STORED);
        assertThat(database.one(
                        "select content_type || ' ' || detail || ' ' || encode(content, 'hex') from hw.terminal_file "
                                + "where vehicle_id = 12 and kind = 'recorder'"))
                .isEqualTo("application/octet-stream 8 557a");
        assertThat(filesBelow(data)).isEmpty();
    }

    @Test
    void whatIsNoMediumByItsBytesIsNotKeptWhateverItIsCalled() throws Exception {
        TerminalFiles files = files(MEGABYTE);
        for (String bytes : new String[] {
            "3C68746D6C3E3C7363726970743E616C6572742831293C2F7363726970743E", // <html><script>
            "3C73766720786D6C6E733D22687474703A2F2F7777772E77332E6F7267223E", // <svg
            "4D5A90000300000004000000FFFF0000B800000000000000",
            "504B0304140000000800000000000000000000000000000000",
            "FFD8",
            ""
        }) {
            assertThat(files.keep(medium(13, HexFormat.of().parseHex(bytes), NOON, 1)))
                    .as(bytes)
                    .isEqualTo(Outcome.WRONG_TYPE);
        }
        assertThat(kinds(13)).isEmpty();
        assertThat(FileFormat.of(HexFormat.of().parseHex("49492A0008000000000000000000000000")))
                .isEqualTo(FileFormat.TIFF);
        assertThat(FileFormat.of(HexFormat.of().parseHex("FFFB9064000000000000000000000000")))
                .isEqualTo(FileFormat.MP3);
        assertThat(FileFormat.of(HexFormat.of().parseHex("524946462400000057415645666D7420")))
                .isEqualTo(FileFormat.WAV);
        assertThat(FileFormat.of(HexFormat.of().parseHex("3026B2758E66CF11A6D900AA0062CE6C")))
                .isEqualTo(FileFormat.WMV);
    }

    @Test
    void aTruckMaySendItsQuotaWithinADayAndItsNeighbourIsNotTouched() throws Exception {
        TerminalFiles files = files(25_000);
        assertThat(files.keep(medium(14, jpeg(10_000, 1), NOON, 1))).isEqualTo(Outcome.STORED);
        assertThat(files.keep(medium(14, jpeg(10_000, 2), NOON, 2))).isEqualTo(Outcome.STORED);
        assertThat(files.keep(medium(14, jpeg(10_000, 3), NOON, 3))).isEqualTo(Outcome.OVER_QUOTA);
        assertThat(files.keep(medium(15, jpeg(10_000, 3), NOON, 3))).isEqualTo(Outcome.STORED);
        assertThat(files.keep(medium(14, jpeg(10_000, 3), NOON.plusSeconds(86_401), 3)))
                .isEqualTo(Outcome.STORED);
        assertThat(filesBelow(data)).hasSize(4);
    }

    @Test
    void whatBelongsToNoTruckIsNotSaidToBeKept() throws Exception {
        TerminalFiles files = files(MEGABYTE);
        assertThatThrownBy(() -> files.keep(medium(99, jpeg(10_000, 8), NOON, 1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("vehicleId=99");
        assertThatThrownBy(() -> files.keep(item(99, Source.RECORDER, new byte[] {0x55, 0x7A}, NOON, null, 8)))
                .isInstanceOf(SQLException.class);
        assertThat(filesBelow(data)).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhatTheDiskOrTheDatabaseDidNotTake() throws Exception {
        assertThatThrownBy(() -> new TerminalFiles(
                                database.databases().writer(), data.resolve("media"), MEGABYTE, Long.MAX_VALUE / 2)
                        .keep(medium(16, jpeg(10_000, 7), NOON, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too little free space");
        database.run("alter table hw.terminal_file add constraint refuses check (vehicle_id <> 16)");
        try {
            assertThatThrownBy(() -> files(MEGABYTE).keep(medium(16, jpeg(10_000, 7), NOON, 1)))
                    .isInstanceOf(SQLException.class);
        } finally {
            database.run("alter table hw.terminal_file drop constraint refuses");
        }
        assertThat(filesBelow(data)).isEmpty();
        assertThat(kinds(16)).isEmpty();
    }

    @Test
    void whatIsTooOldGoesByWholeDaysWithItsFilesAndStrayOnes() throws Exception {
        TerminalFiles files = files(MEGABYTE);
        Instant old = Instant.parse("2026-01-10T23:00:00Z");
        files.keep(medium(11, jpeg(9_000, 20), old, 20));
        files.keep(medium(11, jpeg(9_000, 21), old.plusSeconds(7_200), 21));
        Files.write(data.resolve("media/2026-01-10/stray.part"), new byte[1]);
        assertThat(files.expire(Instant.parse("2026-01-11T10:00:00Z"))).isEqualTo(1);
        assertThat(filesBelow(data)).singleElement().asString().contains("2026-01-11");
        assertThat(Files.exists(data.resolve("media/2026-01-10"))).isFalse();
        assertThat(files.expire(Instant.parse("2026-01-12T10:00:00Z"))).isEqualTo(1);
    }

    private TerminalFiles files(long perDay) {
        return new TerminalFiles(database.databases().writer(), data.resolve("media"), perDay, 0);
    }

    private static Item medium(int vehicleId, byte[] content, Instant received, long mediaId) {
        return item(vehicleId, Source.MEDIUM, content, received, mediaId, 0);
    }

    private static Item item(
            int vehicleId, Source source, byte[] content, Instant received, @Nullable Long mediaId, int detail) {
        return new Item(
                vehicleId,
                source,
                received.toEpochMilli(),
                received.minusSeconds(30).toEpochMilli(),
                22_531_880,
                114_057_640,
                500,
                mediaId,
                0,
                0,
                1,
                detail,
                content);
    }

    /** A JPEG as far as its first and last bytes go. */
    private static byte[] jpeg(int length, int salt) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) salt);
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) 0xD8;
        bytes[2] = (byte) 0xFF;
        return bytes;
    }

    private static List<String> kinds(int vehicleId) throws SQLException {
        return database
                .column("select kind from hw.terminal_file where vehicle_id = " + vehicleId + " order by kind")
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
