package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos of courses: taken in piece by piece, named by lessons, watched in parts, thrown away when nobody needs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CourseVideosTest {
    private static final int COURSE = 9011;
    private static final int OTHER = 9012;
    private static final int DAY = 24 * 3_600_000;

    private Stage stage;
    private DriverGround ground;
    private VideoSender sender;
    private Visitor centre;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        ground = new DriverGround(stage);
        TrainingRows.course(stage.database, COURSE, "stage-course", "speed");
        TrainingRows.course(stage.database, OTHER, "other-course", "speed");
        sender = new VideoSender(stage, "centre");
        centre = sender.visitor();
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        VideoSender.clean(stage);
    }

    private static String content(String id) {
        return "/api/v1/course-videos/" + id + "/content";
    }

    private HttpResponse<byte[]> read(Visitor visitor, String id, String... headers) throws Exception {
        var request = visitor.request(content(id));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return visitor.raw(request.build());
    }

    private Path file(String id) {
        return stage.ports.videoFolder.resolve(id);
    }

    private String one(String query) throws Exception {
        return stage.database.column(query).getFirst();
    }

    @Test
    void aVideoComesInPiecesAndARepeatedOrMisplacedPieceChangesNothing() throws Exception {
        HttpResponse<String> begun = sender.ask(COURSE, "雨天制动.mp4", 20_000);
        assertThat(begun.statusCode()).isEqualTo(201);
        JsonNode begin = Visitor.JSON.readTree(begun.body());
        assertThat(begin.get("received").intValue()).isZero();
        assertThat(begin.get("size").intValue()).isEqualTo(20_000);
        assertThat(begin.get("piece_bytes").intValue()).isEqualTo(8 * 1024 * 1024);
        String id = begin.get("id").textValue();
        assertThat(json(sender.film(id, 0, 6_000)).get("received").intValue()).isEqualTo(6_000);
        assertThat(sender.state(id).get("type").textValue()).isEqualTo("video/mp4");
        for (long wrong : new long[] {0, 5_999, 6_001, 20_000}) {
            String body = refused(sender.film(id, wrong, 100), 409, "video-offset");
            assertThat(Visitor.JSON.readTree(body).get("received").intValue()).isEqualTo(6_000);
        }
        refused(sender.film(id, 6_000, 14_001), 422, "video-too-long");
        refused(
                sender.piece(id, 6_000, BodyPublishers.ofInputStream(() -> new MadeFilm(6_000, 7_000))),
                400,
                "bad-value");
        assertThat(read(centre, id).statusCode()).as("it is not whole yet").isEqualTo(404);
        JsonNode whole = json(sender.film(id, 6_000, 14_000));
        assertThat(whole.get("complete").booleanValue()).isTrue();
        assertThat(whole.get("sha256").textValue()).hasSize(64);
        assertThat(whole.get("name").textValue()).isEqualTo("雨天制动.mp4");
        assertThat(whole.get("course_id").intValue()).isEqualTo(COURSE);
        assertThat(json(sender.piece(id, 20_000, new byte[0])))
                .as("the last answer may have been lost")
                .isEqualTo(whole);
        assertThat(Files.readAllBytes(file(id))).isEqualTo(MadeFilm.bytes(0, 20_000));
        assertThat(centre.json("/api/v1/courses/" + COURSE + "/videos")
                        .get("videos")
                        .findValuesAsText("id"))
                .contains(id);
        assertThat(stage.database.column(
                        "select action from hw.audit where detail ->> 'video_id' = '" + id + "' order by audit_id"))
                .containsExactly("video.begin", "video.add");
        assertThat(centre.send("GET", "/api/v1/course-videos/" + UUID.randomUUID(), null)
                        .statusCode())
                .isEqualTo(404);
        refused(centre.send("PATCH", "/api/v1/course-videos/" + id, "x"), 400, "bad-value");
    }

    @Test
    void whatCameBeforeALineBrokeIsThereAndOneWhoComesAgainTakesTheTurnOfADeadLine() throws Exception {
        String id = sender.begin(COURSE, "a.mp4", 300_000);
        try (Socket dead = sender.line(id, 0, 300_000, new MadeFilm(0, 100_000))) {
            // Nobody closes it: the server cannot know that nothing more comes.
            await().until(() -> Files.exists(file(id)) && Files.size(file(id)) == 100_000);
            assertThat(sender.state(id).get("received").longValue())
                    .as("nothing is told before it is on the disk")
                    .isZero();
            long received = sender.standsAt(id);
            assertThat(received).isEqualTo(100_000);
            assertThat(json(sender.film(id, received, 300_000 - received))
                            .get("complete")
                            .booleanValue())
                    .isTrue();
            String told = new String(dead.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            assertThat(told).as("the other one is told, if it is still there").isEqualTo("HTTP/1.1 409");
        }
        assertThat(Files.readAllBytes(file(id))).isEqualTo(MadeFilm.bytes(0, 300_000));
    }

    @Test
    void twoVideosComeAtOnceAndDoNotMix() throws Exception {
        String first = sender.begin(COURSE, "1.mp4", 3_000_000);
        String second = sender.begin(OTHER, "2.webm", 3_000_000);
        byte[] webm =
                HexFormat.of().parseHex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581020000");
        byte[] other = new byte[3_000_000];
        Arrays.fill(other, (byte) 7);
        System.arraycopy(webm, 0, other, 0, webm.length);
        try (Socket one = sender.line(first, 0, 3_000_000, new MadeFilm(0, 1_500_000));
                Socket two =
                        sender.line(second, 0, 3_000_000, new ByteArrayInputStream(Arrays.copyOf(other, 1_500_000)))) {
            two.getOutputStream().write(other, 1_500_000, 1_500_000);
            one.getOutputStream().write(MadeFilm.bytes(1_500_000, 1_500_000));
            for (Socket line : List.of(one, two)) {
                assertThat(new String(line.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
        assertThat(Files.readAllBytes(file(first))).isEqualTo(MadeFilm.bytes(0, 3_000_000));
        assertThat(Files.readAllBytes(file(second))).isEqualTo(other);
        assertThat(sender.state(second).get("type").textValue()).isEqualTo("video/webm");
    }

    @Test
    void whatIsNoFilmIsThrownAwayWithASentence() throws Exception {
        String page = sender.begin(COURSE, "film.mp4", 5_000);
        byte[] html = new byte[5_000];
        System.arraycopy("<!DOCTYPE html><script>x</script>".getBytes(StandardCharsets.UTF_8), 0, html, 0, 33);
        assertThat(json(sender.piece(page, 0, Arrays.copyOf(html, 4_000)))
                        .get("type")
                        .isNull())
                .as("its beginning is not all there")
                .isTrue();
        assertThat(refused(sender.piece(page, 4_000, new byte[1_000]), 422, "video-type"))
                .contains("MP4 or WebM");
        assertThat(centre.get("/api/v1/course-videos/" + page).statusCode()).isEqualTo(404);
        assertThat(file(page)).doesNotExist();
        String small = sender.begin(COURSE, "small.mp4", 10);
        refused(sender.piece(small, 0, new byte[10]), 422, "video-type");
        assertThat(one("select count(*) from hw.course_video where video_id in ('" + page + "', '" + small + "')"))
                .isEqualTo("0");
    }

    @Test
    void moreThanIsAllowedIsRefusedBeforeAnyByteComes() throws Exception {
        assertThat(refused(sender.ask(COURSE, "x.mp4", FakePorts.LARGEST_VIDEO + 1), 413, "too-large"))
                .contains("3072 MB", "training.video_mb");
        refused(sender.ask(COURSE, "x.mp4", 0), 400, "bad-value");
        refused(sender.ask(COURSE, " ", 10), 400, "bad-value");
        assertThat(sender.ask(999_999, "x.mp4", 10).statusCode()).isEqualTo(404);
        List<String> begun = new ArrayList<>();
        HttpResponse<String> answer = sender.ask(COURSE, "many.mp4", 10);
        while (answer.statusCode() == 201 && begun.size() < 100) {
            begun.add(Visitor.JSON.readTree(answer.body()).get("id").textValue());
            answer = sender.ask(COURSE, "many.mp4", 10);
        }
        refused(answer, 422, "videos-unfinished");
        assertThat(begun).hasSizeLessThanOrEqualTo(20);
        for (String id : begun) {
            assertThat(centre.send("DELETE", "/api/v1/course-videos/" + id, "{}")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void onlyWhoWritesEverybodysCoursesUploads() throws Exception {
        stage.database.run(
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'lead2', password_hash, '外', 'lead', 'company:2'"
                        + " from hw.app_user where username = 'admin'");
        String id = sender.begin(COURSE, "own.mp4", 10);
        for (String name : List.of("company1", "company2", "regulator50", "agent", "driver1", "lead2")) {
            VideoSender stranger = new VideoSender(stage, name);
            refused(stranger.ask(COURSE, "x.mp4", 10), 403, "not-allowed");
            refused(stranger.film(id, 0, 10), 403, "not-allowed");
            refused(stranger.visitor().send("DELETE", "/api/v1/course-videos/" + id, "{}"), 403, "not-allowed");
        }
        Visitor nobody = new Visitor(stage.port());
        assertThat(nobody.send("PATCH", "/api/v1/course-videos/" + id + "?offset=0", "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get(content(id)).statusCode()).isEqualTo(401);
        Visitor forged = Visitor.signedIn(stage.port(), "centre");
        forged.csrf = "x";
        assertThat(forged.send("PATCH", "/api/v1/course-videos/" + id + "?offset=0", "x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(sender.state(id).get("received").intValue()).isZero();
        assertThat(centre.send("DELETE", "/api/v1/course-videos/" + id, "{}").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aLessonNamesAWholeVideoOfItsCourseAndKeepsIt() throws Exception {
        String lessons = "/api/v1/courses/" + COURSE + "/lessons";
        String body = "{\"code\":\"%s\",\"title\":\"看\",\"body\":\"看。\",\"seconds\":60,\"video\":\"%s\"}";
        String unfinished = sender.begin(COURSE, "half.mp4", 10);
        refused(centre.post(lessons, String.format(body, "v1", unfinished)), 422, "video-unfinished");
        String foreign = sender.whole(OTHER, "foreign.mp4", 5_000);
        refused(centre.post(lessons, String.format(body, "v1", foreign)), 422, "video-unknown");
        refused(centre.post(lessons, String.format(body, "v1", UUID.randomUUID())), 422, "video-unknown");
        refused(centre.post(lessons, String.format(body, "v1", "1-1-1-1-1")), 400, "bad-value");
        refused(centre.post(lessons, String.format(body, "v1", "http://example.com/a.mp4")), 400, "bad-value");
        String id = sender.whole(COURSE, "good.mp4", 5_000);
        JsonNode content =
                json(centre.post(lessons, String.format(body, "v1", id))).get("content");
        JsonNode lesson = content.get(content.size() - 1);
        assertThat(lesson.get("video").textValue()).isEqualTo(id);
        assertThat(lesson.get("clip").toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"type\":\"video/mp4\",\"size\":5000}");
        refused(centre.send("DELETE", "/api/v1/course-videos/" + id, "{}"), 422, "video-named");
        JsonNode elsewhere = json(centre.post(
                        "/api/v1/lessons/" + lesson.get("id") + "/versions",
                        String.format(body, "v1", "https://example.com/a.mp4")))
                .get("content");
        assertThat(elsewhere.get(elsewhere.size() - 1).get("clip").isNull()).isTrue();
        refused(centre.send("DELETE", "/api/v1/course-videos/" + id, "{}"), 422, "video-named");
        assertThat(centre.send("DELETE", "/api/v1/course-videos/" + foreign, "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(file(foreign)).doesNotExist();
        assertThat(centre.send("DELETE", "/api/v1/course-videos/" + unfinished, "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(read(centre, foreign).statusCode()).isEqualTo(404);
    }

    /** The header of a request for 10,000 bytes and what is answered: the examples of RFC 9110, 14.1.2, over the line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-499                    | 206 | bytes 0-499/10000     | 0    | 500
            bytes=500-999                  | 206 | bytes 500-999/10000   | 500  | 500
            bytes=-500                     | 206 | bytes 9500-9999/10000 | 9500 | 500
            bytes=9500-                    | 206 | bytes 9500-9999/10000 | 9500 | 500
            bytes=500-700,601-999          | 206 | bytes 500-999/10000   | 500  | 500
            bytes=0-0,-1                   | 200 |                       | 0    | 10000
            bytes= 0-999, 4500-5499, -1000 | 200 |                       | 0    | 10000
            bytes=9-8                      | 200 |                       | 0    | 10000
            lines=1-2                      | 200 |                       | 0    | 10000
            """)
    void answersTheBytesThatAreAskedFor(String range, int status, String contentRange, int from, int length)
            throws Exception {
        String id = tenThousand();
        HttpResponse<byte[]> answer = read(centre, id, "Range", range, "Accept-Encoding", "gzip, deflate");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
        assertThat(answer.headers().firstValue("Content-Length")).contains(Integer.toString(length));
        assertThat(answer.headers().firstValue("Content-Encoding"))
                .as("packed bytes would have other places")
                .isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; sandbox");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).isEqualTo(MadeFilm.bytes(from, length));
    }

    private String tenThousand = "";

    private String tenThousand() throws Exception {
        if (tenThousand.isEmpty()) {
            tenThousand = sender.whole(COURSE, "ten-thousand.mp4", 10_000);
        }
        return tenThousand;
    }

    @Test
    void conditionsAreLookedAtBeforeBytesAreSent() throws Exception {
        String id = tenThousand();
        String tag = read(centre, id).headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo('"' + sender.state(id).get("sha256").textValue() + '"');
        HttpResponse<byte[]> none = read(centre, id, "Range", "bytes=10000-");
        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(none.headers().firstValue("Content-Range")).contains("bytes */10000");
        assertThat(read(centre, id, "Range", "bytes=0-9", "If-Range", tag).statusCode())
                .isEqualTo(206);
        for (String other : List.of("\"other\"", "W/" + tag, "Sat, 29 Oct 1994 19:43:31 GMT")) {
            HttpResponse<byte[]> whole = read(centre, id, "Range", "bytes=0-9", "If-Range", other);
            assertThat(whole.statusCode()).as(other).isEqualTo(200);
            assertThat(whole.body()).hasSize(10_000);
        }
        HttpResponse<byte[]> known = read(centre, id, "If-None-Match", tag, "Range", "bytes=0-9");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.headers().firstValue("ETag")).contains(tag);
        HttpResponse<byte[]> head = centre.raw(centre.request(content(id))
                .header("Range", "bytes=0-9")
                .method("HEAD", BodyPublishers.noBody())
                .build());
        assertThat(head.statusCode()).as("a range counts for GET alone").isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("10000");
        assertThat(head.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(head.body()).isEmpty();
        Files.delete(file(id));
        assertThat(read(centre, id).statusCode()).as("lost on the disk").isEqualTo(404);
        tenThousand = "";
    }

    @Test
    void aDriverWatchesUnlessHisTruckMoves() throws Exception {
        String id = sender.whole(DriverGround.COURSE, "signs.mp4", 10_000);
        json(centre.post(
                "/api/v1/lessons/" + DriverGround.LESSON_2 + "/versions",
                "{\"title\":\"休息\",\"body\":\"停车。\",\"seconds\":60,\"video\":\"" + id + "\"}"));
        ground.drives(1, 0);
        String task = ground.task(1, 1, Stage.ALARM_1);
        Visitor phone = ground.phone(1);
        JsonNode lesson = phone.json("/api/v1/driver/tasks/" + task).at("/lessons/1");
        assertThat(lesson.at("/clip/id").textValue()).isEqualTo(id);
        assertThat(lesson.at("/clip/size").intValue()).isEqualTo(10_000);
        assertThat(phone.json("/api/v1/driver/tasks/" + task)
                        .at("/lessons/0/clip")
                        .isNull())
                .isTrue();
        assertThat(read(phone, id, "Range", "bytes=0-9").body()).isEqualTo(MadeFilm.bytes(0, 10));
        for (String path : List.of("/api/v1/courses/" + COURSE + "/videos", "/api/v1/course-videos/" + id)) {
            assertThat(phone.get(path).statusCode()).isEqualTo(403);
        }
        ground.drives(1, 60);
        HttpResponse<byte[]> locked = read(phone, id, "Range", "bytes=0-9");
        assertThat(locked.statusCode()).isEqualTo(423);
        assertThat(new String(locked.body(), StandardCharsets.UTF_8)).contains("truck-moving");
        assertThat(read(centre, id).statusCode()).isEqualTo(200);
        ground.drives(1, 0);
    }

    @Test
    void oneWhoReadsSlowlyHoldsNoConnectionOfTheDatabase() throws Exception {
        String id = sender.whole(COURSE, "long.mp4", 12_000_000);
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket slow = new Socket();
                slow.setReceiveBufferSize(8 * 1024);
                slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.port()));
                slow.getOutputStream()
                        .write(("GET " + content(id) + " HTTP/1.1\r\nHost: 127.0.0.1:" + stage.port() + "\r\nCookie: "
                                        + Objects.requireNonNull(centre.cookie) + "\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                readers.add(slow);
            }
            for (Socket slow : readers) {
                assertThat(new String(slow.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(centre.json("/api/v1/courses").get("items")).isNotEmpty();
            CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(() -> whole(readers.getFirst()));
            assertThat(rest.get(30, TimeUnit.SECONDS))
                    .as("and gets all of it when he reads on")
                    .isEqualTo(MadeFilm.bytes(0, 12_000_000));
        } finally {
            for (Socket slow : readers) {
                slow.close();
            }
        }
    }

    /** The rest of an answer: its head to the empty line, then its body. */
    private static byte[] whole(Socket reader) {
        try {
            InputStream in = reader.getInputStream();
            int end = 0;
            while (end < 4) {
                int next = in.read();
                end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
            }
            return in.readNBytes(12_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatStoodStillForADayAndWhatNoRowNamesIsThrownAway() throws Exception {
        String stale = sender.begin(COURSE, "stale.mp4", 10_000);
        json(sender.film(stale, 0, 5_000));
        String kept = sender.whole(COURSE, "kept.mp4", 10_000);
        Path orphan = Files.write(file(UUID.randomUUID().toString()), new byte[] {1});
        Path foreign = Files.writeString(stage.ports.videoFolder.resolve("notes.txt"), "x");
        stage.ahead(DAY + 60_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(orphan) && !Files.exists(file(stale)));
        assertThat(one("select count(*) from hw.course_video where video_id = '" + stale + "'"))
                .isEqualTo("0");
        assertThat(file(kept)).exists();
        assertThat(foreign).exists();
        assertThat(read(Visitor.signedIn(stage.port(), "centre"), kept).body()).isEqualTo(MadeFilm.bytes(0, 10_000));
        sender = new VideoSender(stage, "centre");
        centre = sender.visitor();
    }
}
