package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** A video that is larger than memory and than 31 bits, over a line that breaks. */
@Isolated("writes two gigabytes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeVideoTest {
    private static final long MEGABYTE = 1024 * 1024;
    private static final long BEYOND_31_BITS = 1L << 31;
    private static final long SIZE = BEYOND_31_BITS + 5 * MEGABYTE + 123;

    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.course(stage.database, 9011, "stage-course", "speed");
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        VideoSender.clean(stage);
    }

    @Test
    void twoGigabytesArriveThroughALineThatBreaksAndAreReadAtAnyPlace() throws Exception {
        VideoSender sender = new VideoSender(stage, "centre");
        refused(sender.ask(9011, "too-large.mp4", FakePorts.LARGEST_VIDEO + 1), 413, "too-large");
        String id = sender.begin(9011, "制动.mp4", SIZE);
        // A piece of all of it, whose line is cut behind a part.
        long sent = 700 * MEGABYTE + 4_321;
        try (Socket line = sender.line(id, 0, SIZE, new MadeFilm(0, sent))) {
            assertThat(line.isConnected()).isTrue();
        }
        long received = sender.standsAt(id);
        assertThat(received).isBetween(1L, sent);
        assertThat(sender.state(id).get("received").longValue()).isEqualTo(received);
        assertThat(SIZE - received)
                .as("a piece larger than all of the memory goes through it")
                .isGreaterThan(Runtime.getRuntime().maxMemory());
        JsonNode video = json(sender.film(id, received, SIZE - received));
        assertThat(video.get("complete").booleanValue()).isTrue();
        assertThat(video.get("type").textValue()).isEqualTo("video/mp4");
        assertThat(video.get("sha256").textValue()).isEqualTo(sha256());
        assertThat(stage.database.column("select received = size from hw.course_video where video_id = '" + id + "'"))
                .containsExactly("t");
        for (long from : new long[] {0, received - 50, BEYOND_31_BITS - 50, BEYOND_31_BITS + MEGABYTE, SIZE - 100}) {
            HttpResponse<byte[]> part = sender.visitor()
                    .raw(sender.visitor()
                            .request("/api/v1/course-videos/" + id + "/content")
                            .header("Range", "bytes=" + from + "-" + (from + 99))
                            .build());
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range"))
                    .contains("bytes " + from + "-" + (from + 99) + "/" + SIZE);
            assertThat(part.body()).as("from=" + from).isEqualTo(MadeFilm.bytes(from, 100));
        }
        HttpResponse<byte[]> end = sender.visitor()
                .raw(sender.visitor()
                        .request("/api/v1/course-videos/" + id + "/content")
                        .header("Range", "bytes=-7")
                        .build());
        assertThat(end.body()).isEqualTo(MadeFilm.bytes(SIZE - 7, 7));
    }

    private static String sha256() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        try (MadeFilm film = new MadeFilm(0, SIZE)) {
            for (int read = film.read(buffer, 0, buffer.length); read > 0; read = film.read(buffer, 0, buffer.length)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
