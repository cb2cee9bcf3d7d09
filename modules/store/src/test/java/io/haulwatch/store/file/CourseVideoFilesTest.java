package io.haulwatch.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CourseVideoFilesTest {
    private static final UUID ID = UUID.fromString("6f1c2b58-8c7d-4d26-9c64-0a2f8f6f3b11");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    private final List<Long> told = new ArrayList<>();

    private CourseVideoFiles files() {
        return new CourseVideoFiles(data.resolve("videos"), 0, 1_000_000);
    }

    private static InputStream bytes(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((from + i) * 31);
        }
        return new ByteArrayInputStream(bytes);
    }

    /** A line that breaks. */
    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line broke");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    @Test
    void piecesOfAnyLengthMakeTheFile() throws Exception {
        CourseVideoFiles files = files();
        files.append(ID, 0, 100_000, bytes(0, 100_000), told::add);
        files.append(ID, 100_000, 1, bytes(100_000, 1), told::add);
        files.append(ID, 100_001, 99_999, bytes(100_001, 99_999), told::add);
        assertThat(told).containsExactly(100_000L, 100_001L, 200_000L);
        assertThat(Files.readAllBytes(data.resolve("videos").resolve(ID.toString())))
                .isEqualTo(bytes(0, 200_000).readAllBytes());
        assertThat(files.sha256(ID, 200_000))
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(bytes(0, 200_000).readAllBytes()));
        assertThat(files.head(ID)).isEqualTo(bytes(0, VideoFormat.HEAD_BYTES).readAllBytes());
        assertThat(files.holds(ID, 200_000)).isTrue();
        assertThat(files.holds(ID, 200_001)).isFalse();
    }

    @Test
    void whatCameBeforeALineBrokeIsToldAndWhatComesAgainGoesOnFromThere() throws Exception {
        CourseVideoFiles files = files();
        assertThatThrownBy(() ->
                        files.append(ID, 0, 10_000, new SequenceInputStream(bytes(0, 4_000), broken()), told::add))
                .hasMessage("the line broke");
        assertThat(told).containsExactly(4_000L);
        assertThatThrownBy(() -> files.append(ID, 4_000, 6_000, bytes(4_000, 10), told::add))
                .isInstanceOf(EOFException.class);
        files.append(ID, 4_010, 5_990, bytes(4_010, 5_990), told::add);
        assertThat(told).containsExactly(4_000L, 4_010L, 10_000L);
        assertThat(files.sha256(ID, 10_000))
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(bytes(0, 10_000).readAllBytes()));
    }

    @Test
    void bytesThatWereNotToldAreOverwritten() throws Exception {
        CourseVideoFiles files = files();
        files.append(ID, 0, 10, bytes(500, 10), told::add);
        files.append(ID, 4, 6, bytes(4, 6), told::add);
        byte[] all = Files.readAllBytes(data.resolve("videos").resolve(ID.toString()));
        assertThat(all).hasSize(10);
        assertThat(Arrays.copyOfRange(all, 4, 10)).isEqualTo(bytes(4, 6).readAllBytes());
    }

    @Test
    void nothingIsKeptWhereTheLogNeedsTheRoomOrWhereBytesAreMissing() {
        CourseVideoFiles full = new CourseVideoFiles(data.resolve("videos"), Long.MAX_VALUE / 2, 1_000_000);
        assertThatThrownBy(() -> full.append(ID, 0, 10, bytes(0, 10), told::add))
                .isInstanceOf(CourseVideoFiles.NoRoomException.class);
        assertThatThrownBy(() -> files().append(ID, 11, 10, bytes(11, 10), told::add))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files().open(UUID.randomUUID())).isInstanceOf(NoSuchFileException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void filesThatNobodyTouchesAreFoundAndOnlyThose() throws Exception {
        CourseVideoFiles files = files();
        assertThat(files.untouchedSince(Instant.MAX)).isEmpty();
        Instant day = Instant.parse("2026-11-20T00:00:00Z");
        UUID young = UUID.fromString("6f1c2b58-8c7d-4d26-9c64-0a2f8f6f3b12");
        for (UUID id : List.of(ID, young)) {
            files.append(id, 0, 10, bytes(0, 10), told::add);
        }
        Path folder = data.resolve("videos");
        Files.setLastModifiedTime(folder.resolve(ID.toString()), FileTime.from(day));
        Files.setLastModifiedTime(folder.resolve(young.toString()), FileTime.from(day.plusSeconds(60)));
        Files.setLastModifiedTime(Files.writeString(folder.resolve("notes.txt"), "x"), FileTime.from(day));
        assertThat(files.untouchedSince(day.plusSeconds(1))).containsExactly(ID);
        files.drop(ID);
        assertThat(files.untouchedSince(day.plusSeconds(120))).containsExactly(young);
    }
}
