package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pictures of courses: what only draws is kept, what runs is refused with its line, what a lesson shows stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoursePicturesTest {
    private static final byte[] PNG =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489");
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\n%s\n</svg>";

    private Stage stage;
    private Visitor centre;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        centre = Visitor.signedIn(stage.port(), "centre");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private HttpResponse<String> put(Visitor visitor, int course, String name, byte[] content) throws Exception {
        return visitor.text(visitor.request("/api/v1/courses/" + course + "/pictures/" + name)
                .method("PUT", BodyPublishers.ofByteArray(content))
                .build());
    }

    private HttpResponse<String> put(int course, String name, String content) throws Exception {
        return put(centre, course, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> drop(int course, String name) throws Exception {
        return centre.send("DELETE", "/api/v1/courses/" + course + "/pictures/" + name, "{}");
    }

    private int course(String code) throws Exception {
        return json(centre.post("/api/v1/courses", "{\"code\":\"" + code + "\",\"topic\":\"x\",\"title\":\"x\"}"))
                .get("id")
                .intValue();
    }

    @Test
    void aPictureIsKeptShownReplacedAndDeletedOnceNoLessonShowsIt() throws Exception {
        int course = course("pictures");
        JsonNode kept = json(put(course, "brake.svg", String.format(SVG, "<path d='M0 0'/>")));
        assertThat(kept.get("name").textValue()).isEqualTo("brake.svg");
        assertThat(kept.get("used").booleanValue()).isFalse();
        json(put(centre, course, "brake.en.png", PNG));
        JsonNode lesson = json(
                centre.post(
                        "/api/v1/courses/" + course + "/lessons",
                        "{\"code\":\"one\",\"title\":\"制动\",\"body\":\"![制动](brake.svg)\",\"body_en\":\"![brake](brake.en.png)\",\"seconds\":60}"));
        assertThat(lesson.at("/content/0/html").textValue()).contains("/course-pictures/" + course + "/brake.svg");
        JsonNode items = centre.json("/api/v1/courses/" + course + "/pictures").get("pictures");
        assertThat(items.findValuesAsText("name")).containsExactly("brake.en.png", "brake.svg");
        assertThat(items.findValuesAsText("used")).containsExactly("true", "true");
        assertThat(items.get(0).get("bytes").intValue()).isEqualTo(PNG.length);
        refused(drop(course, "brake.svg"), 422, "picture-used");
        json(put(course, "brake.svg", String.format(SVG, "<circle r='4'/>")));
        HttpResponse<String> shown = centre.get("/api/v1/course-pictures/" + course + "/brake.svg");
        assertThat(shown.body()).contains("circle");
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/svg+xml");
        json(centre.post(
                "/api/v1/lessons/" + lesson.at("/content/0/id") + "/versions",
                "{\"title\":\"制动\",\"body\":\"没有图\",\"seconds\":60}"));
        assertThat(drop(course, "brake.svg").statusCode()).isEqualTo(204);
        assertThat(drop(course, "brake.svg").statusCode()).isEqualTo(404);
        assertThat(centre.get("/api/v1/course-pictures/" + course + "/brake.svg")
                        .statusCode())
                .isEqualTo(404);
        assertThat(stage.database.column("select action from hw.audit where object = 'course:" + course
                        + "' and action like 'picture%' order by audit_id"))
                .containsExactly("picture.put", "picture.put", "picture.put", "picture.drop");
    }

    @Test
    void aPictureThatADriverIsLookingAtStays() throws Exception {
        DriverGround ground = new DriverGround(stage);
        ground.drives(1, 0);
        String task = ground.task(1, 1, Stage.ALARM_1);
        Visitor phone = ground.phone(1);
        json(phone.post("/api/v1/driver/tasks/" + task + "/lessons/" + DriverGround.LESSON_1 + "/begin", "{}"));
        json(centre.post(
                "/api/v1/lessons/" + DriverGround.LESSON_1 + "/versions",
                "{\"title\":\"疲劳\",\"body\":\"没有图\",\"seconds\":60}"));
        assertThat(centre.json("/api/v1/courses/" + DriverGround.COURSE + "/pictures")
                        .at("/pictures/0/used")
                        .booleanValue())
                .isFalse();
        refused(drop(DriverGround.COURSE, "clock.svg"), 422, "picture-used");
    }

    @Test
    void whatRunsOrIsSomethingElseIsRefusedWithItsLine() throws Exception {
        int course = course("evil-pictures");
        String refused =
                refused(put(course, "x.svg", String.format(SVG, "<script>alert(1)</script>")), 422, "picture-active");
        assertThat(Visitor.JSON.readTree(refused).get("line").intValue()).isEqualTo(2);
        assertThat(Visitor.JSON.readTree(refused).get("reason").textValue()).isEqualTo("script");
        assertThat(Visitor.JSON.readTree(refused).get("detail").textValue()).startsWith("Line 2: a script");
        refused(put(course, "x.svg", String.format(SVG, "<rect onload='x()'/>")), 422, "picture-active");
        refused(
                put(course, "x.svg", String.format(SVG, "<image href='https://x.example/a.png'/>")),
                422,
                "picture-active");
        refused(
                put(
                        course,
                        "x.svg",
                        "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                                + String.format(SVG, "<text>&a;</text>")),
                422,
                "picture-active");
        refused(put(centre, course, "x.svg", PNG), 422, "picture-active");
        refused(put(centre, course, "x.jpg", PNG), 422, "picture-type");
        refused(put(course, "x.png", String.format(SVG, "")), 422, "picture-type");
        refused(put(course, "x.png", ""), 422, "picture-type");
        for (String name : new String[] {"x.gif", "X.png", "-x.png", "x", "x.svg.exe", "x%2F..%2Fy.png", "x.zh.svg"}) {
            assertThat(put(centre, course, name, PNG).statusCode()).as(name).isIn(400, 404);
        }
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        large.writeBytes(PNG);
        large.writeBytes(new byte[1024 * 1024]);
        refused(put(centre, course, "x.png", large.toByteArray()), 413, "too-large");
        assertThat(centre.json("/api/v1/courses/" + course + "/pictures").get("pictures"))
                .isEmpty();
        refused(put(Visitor.signedIn(stage.port(), "company1"), course, "x.png", PNG), 403, "not-allowed");
        assertThat(put(centre, 999_999, "x.png", PNG).statusCode()).isEqualTo(404);
    }

    @Test
    void thePicturesOfABuiltInCourseAreTheProducts() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> centre.json("/api/v1/courses?state=published")
                        .get("items")
                        .findValuesAsText("built_in")
                        .contains("true"));
        JsonNode builtIn = StreamSupport.stream(
                        centre.json("/api/v1/courses?state=published")
                                .get("items")
                                .spliterator(),
                        false)
                .filter(each -> each.get("built_in").booleanValue())
                .findFirst()
                .orElseThrow();
        int course = builtIn.get("id").intValue();
        JsonNode items = centre.json("/api/v1/courses/" + course + "/pictures").get("pictures");
        assertThat(items).isNotEmpty();
        refused(put(centre, course, "mine.png", PNG), 422, "course-built-in");
        refused(put(course, items.get(0).get("name").textValue(), String.format(SVG, "")), 422, "course-built-in");
        refused(drop(course, items.get(0).get("name").textValue()), 422, "course-built-in");
    }
}
