package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.training.content.Courses;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Courses come with the product and are written here; their texts are harmless, their questions are judged by answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoursesTest {
    private Stage stage;
    private Visitor centre;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.course(stage.database, 9011, "stage-course", "speed");
        centre = Visitor.signedIn(stage.port(), "centre");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> one("select count(*) from hw.course where built_in")
                        .equals(Integer.toString(Courses.builtIn().size())));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theBuiltInCoursesAreThereWithLessonsPicturesAndQuestions() throws Exception {
        assertThat(Courses.builtIn()).isNotEmpty();
        JsonNode items =
                centre.json("/api/v1/courses?state=published&limit=200").get("items");
        // Another test changes the last one.
        for (var course : Courses.builtIn().subList(0, Courses.builtIn().size() - 1)) {
            JsonNode row = StreamSupport.stream(items.spliterator(), false)
                    .filter(each -> each.get("code").textValue().equals(course.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.get("lessons").intValue()).isEqualTo(course.lessons().size());
            assertThat(row.get("questions").intValue())
                    .isEqualTo(course.questions().size());
            assertThat(row.get("seconds").intValue()).isEqualTo(course.seconds());
            JsonNode detail = centre.json("/api/v1/courses/" + row.get("id"));
            assertThat(detail.at("/content/0/title").textValue())
                    .isEqualTo(course.lessons().getFirst().title().zh());
            assertThat(detail.at("/content/0/version").intValue()).isEqualTo(1);
            for (String name : course.drawings().keySet()) {
                HttpResponse<String> picture = centre.get("/api/v1/course-pictures/" + row.get("id") + "/" + name);
                assertThat(picture.statusCode()).as(name).isEqualTo(200);
                assertThat(picture.headers().allValues("Content-Security-Policy"))
                        .containsExactly("default-src 'none'; style-src 'unsafe-inline'; sandbox");
                assertThat(picture.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(picture.headers().firstValue("Content-Type")).contains("image/svg+xml");
                assertThat(detail.toString()).contains("/api/v1/course-pictures/" + row.get("id") + "/" + name);
            }
        }
    }

    @Test
    void aTextThatSomebodyChangedStaysAndOneThatTheProductChangedIsANewVersion() throws Exception {
        String last = Courses.builtIn().getLast().id();
        String lesson = one("select lesson_id from hw.lesson join hw.course using (course_id) where hw.course.code = '"
                + last + "' order by place limit 1");
        String question =
                one("select question_id from hw.question join hw.course using (course_id) where hw.course.code = '"
                        + last + "' order by question_id limit 1");
        json(centre.post(
                "/api/v1/lessons/" + lesson + "/versions", "{\"title\":\"自己的\",\"body\":\"自己写的\",\"seconds\":60}"));
        // As if the product had had another text before.
        stage.database.run(
                "alter table hw.question_version disable trigger only_added_to",
                "update hw.question_version set stem = '旧题' where question_id = " + question,
                "alter table hw.question_version enable trigger only_added_to");
        try (Console second = Console.start(
                ConsoleOptions.plain("127.0.0.1", 0, "test"),
                stage.ports.ports(),
                stage.database.databases(),
                stage.meters,
                stage.clock)) {
            assertThat(second.port()).isPositive();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> one("select max(version) from hw.question_version where question_id = " + question)
                            .equals("2"));
        }
        assertThat(one(
                        "select string_agg(version || ' ' || made_by, ',' order by version) from hw.lesson_version where lesson_id = "
                                + lesson))
                .isEqualTo("1 0,2 2");
        assertThat(one("select count(*) from hw.question_version where version > 1 and made_by = 0"))
                .as("what is the same stays as it is")
                .isEqualTo("1");
    }

    @Test
    void aCourseIsWrittenPublishedAndRetired() throws Exception {
        JsonNode made = json(centre.post(
                "/api/v1/courses", "{\"code\":\"ice\",\"topic\":\"weather\",\"title\":\"冰雪路面\",\"exam_questions\":5}"));
        int id = made.get("id").intValue();
        assertThat(made.get("state").textValue()).isEqualTo("draft");
        refused(
                centre.post("/api/v1/courses", "{\"code\":\"ice\",\"topic\":\"weather\",\"title\":\"x\"}"),
                409,
                "course-there");
        refused(
                centre.post("/api/v1/courses", "{\"code\":\"Ice!\",\"topic\":\"weather\",\"title\":\"x\"}"),
                400,
                "bad-value");
        String course = "/api/v1/courses/" + id;
        refused(centre.post(course + "/publish", "{}"), 422, "course-empty");
        JsonNode lesson = json(
                centre.post(
                        course + "/lessons",
                        "{\"code\":\"one\",\"title\":\"起步\",\"title_en\":\"Start\",\"body\":\"## 起步\\n\\n慢。\",\"seconds\":60}"));
        assertThat(lesson.at("/content/0/html").textValue()).contains("<h2>起步</h2>");
        assertThat(lesson.at("/content/0/plain").textValue()).isEqualTo("起步\n慢。");
        refused(centre.post(course + "/publish", "{}"), 422, "course-too-few-questions");
        for (int i = 0; i < 5; i++) {
            json(
                    centre.post(
                            course + "/questions",
                            "{\"code\":\"Q" + i
                                    + "\",\"kind\":\"single\",\"difficulty\":\"easy\",\"stem\":\"冰上制动 " + i
                                    + "？\",\"options\":[{\"text\":\"急\",\"right\":false},{\"text\":\"缓\",\"text_en\":\"gently\",\"right\":true}]}"));
        }
        refused(
                centre.post(
                        course + "/questions",
                        "{\"code\":\"Q9\",\"kind\":\"single\",\"difficulty\":\"easy\",\"stem\":\"x\",\"options\":[{\"text\":\"a\",\"right\":true},"
                                + "{\"text\":\"b\",\"right\":true}]}"),
                422,
                "question-wrong");
        assertThat(json(centre.post(course + "/publish", "{}")).get("state").textValue())
                .isEqualTo("published");
        JsonNode questions = centre.json(course + "/questions").get("items");
        String question = "/api/v1/questions/" + questions.get(0).get("id");
        refused(centre.post(question + "/retire", "{}"), 422, "course-too-few-questions");
        JsonNode second = json(centre.post(
                question + "/versions",
                "{\"kind\":\"single\",\"difficulty\":\"hard\",\"stem\":\"冰上怎样制动？\",\"options\":[{\"text\":\"急\",\"right\":false},"
                        + "{\"text\":\"缓\",\"right\":true}]}"));
        assertThat(second.get("version").intValue()).isEqualTo(2);
        HttpResponse<String> patched = centre.send("PATCH", course, "{\"title\":\"冰雪\",\"exam_minutes\":20}");
        assertThat(json(patched).at("/exam/minutes").intValue()).isEqualTo(20);
        refused(centre.send("PATCH", course, "{\"exam_questions\":6}"), 422, "course-too-few-questions");
        assertThat(json(centre.post(course + "/retire", "{}")).get("state").textValue())
                .isEqualTo("retired");
        refused(centre.post(course + "/retire", "{}"), 409, "course-state");
        assertThat(stage.database.column(
                        "select action from hw.audit where object = 'course:" + id + "' order by audit_id"))
                .containsExactly("course.make", "lesson.add", "course.publish", "course.change", "course.retire");
        refused(
                Visitor.signedIn(stage.port(), "company1")
                        .post("/api/v1/courses", "{\"code\":\"mine\",\"topic\":\"x\",\"title\":\"x\"}"),
                403,
                "not-allowed");
        String builtIn = one("select course_id from hw.course where built_in order by course_id limit 1");
        refused(centre.send("PATCH", "/api/v1/courses/" + builtIn, "{\"title\":\"x\"}"), 422, "course-built-in");
        assertThat(json(centre.send("PATCH", "/api/v1/courses/" + builtIn, "{\"pass_percent\":90}"))
                        .at("/exam/pass_percent")
                        .intValue())
                .isEqualTo(90);
    }

    /** A draft with lessons of these codes; gives its address. */
    private String draft(String code, String... lessons) throws Exception {
        String course = "/api/v1/courses/"
                + json(centre.post("/api/v1/courses", "{\"code\":\"" + code + "\",\"topic\":\"x\",\"title\":\"课\"}"))
                        .get("id");
        for (String lesson : lessons) {
            json(centre.post(
                    course + "/lessons",
                    "{\"code\":\"" + lesson + "\",\"title\":\"" + lesson + "\",\"body\":\"x\",\"seconds\":60}"));
        }
        return course;
    }

    private String lesson(String course, int place) throws Exception {
        return "/api/v1/lessons/" + centre.json(course).at("/content/" + place + "/id");
    }

    @Test
    void aCopyIsRewrittenAndTheOriginalStaysAsItWas() throws Exception {
        String code = Courses.builtIn().getFirst().id();
        int id = Integer.parseInt(one("select course_id from hw.course where code = '" + code + "'"));
        String original = "/api/v1/courses/" + id;
        JsonNode before = centre.json(original);
        JsonNode questionsBefore = centre.json(original + "/questions?state=live&limit=200");
        JsonNode copy = json(centre.post(original + "/copy", "{}"));
        String path = "/api/v1/courses/" + copy.get("id");
        assertThat(copy.get("code").textValue()).isEqualTo(code + "-copy");
        assertThat(copy.get("title").textValue()).isEqualTo(before.get("title").textValue() + "（副本）");
        assertThat(copy.get("title_en").textValue())
                .isEqualTo(before.get("title_en").textValue() + " (copy)");
        assertThat(copy.get("state").textValue()).isEqualTo("draft");
        assertThat(copy.get("built_in").booleanValue()).isFalse();
        for (String same : List.of("topic", "summary", "summary_en", "lessons", "seconds", "questions", "exam")) {
            assertThat(copy.get(same)).as(same).isEqualTo(before.get(same));
        }
        for (int i = 0; i < before.get("content").size(); i++) {
            JsonNode lesson = copy.get("content").get(i);
            for (String same : List.of("code", "title", "title_en", "body", "body_en", "seconds")) {
                assertThat(lesson.get(same))
                        .as(same)
                        .isEqualTo(before.get("content").get(i).get(same));
            }
            assertThat(lesson.get("version").intValue()).isEqualTo(1);
            assertThat(lesson.get("built_in").booleanValue()).isFalse();
        }
        JsonNode questions =
                centre.json(path + "/questions?state=live&limit=200").get("items");
        assertThat(questions).hasSize(questionsBefore.get("items").size());
        for (int i = 0; i < questions.size(); i++) {
            JsonNode from = questionsBefore.get("items").get(i);
            for (String same : List.of("code", "kind", "stem", "stem_en", "options", "explanation", "clause")) {
                assertThat(questions.get(i).get(same)).as(same).isEqualTo(from.get(same));
            }
            assertThat(lessonCode(copy, questions.get(i).get("lesson_id")))
                    .isEqualTo(lessonCode(before, from.get("lesson_id")));
        }
        assertThat(centre.json(path + "/pictures").at("/pictures").findValuesAsText("name"))
                .isNotEmpty()
                .isEqualTo(centre.json(original + "/pictures").at("/pictures").findValuesAsText("name"));
        // All that a built-in course refuses.
        JsonNode last = copy.get("content").get(copy.get("content").size() - 1);
        json(centre.send("PATCH", path, "{\"title\":\"自己的课\"}"));
        json(centre.post(
                "/api/v1/lessons/" + copy.at("/content/0/id") + "/versions",
                "{\"title\":\"改写\",\"body\":\"改写的\",\"seconds\":30}"));
        json(centre.send("PATCH", "/api/v1/lessons/" + last.get("id"), "{\"place\":1}"));
        json(centre.post("/api/v1/lessons/" + last.get("id") + "/retire", "{}"));
        json(centre.post("/api/v1/questions/" + questions.at("/0/id") + "/retire", "{}"));
        json(centre.post(path + "/publish", "{}"));
        assertThat(centre.json(original)).isEqualTo(before);
        assertThat(centre.json(original + "/questions?state=live&limit=200").get("items"))
                .isEqualTo(questionsBefore.get("items"));
        JsonNode second = json(centre.post(original + "/copy", "{}"));
        assertThat(second.get("code").textValue()).isEqualTo(code + "-copy-2");
        JsonNode ofCopy = json(centre.post(path + "/copy", "{}"));
        assertThat(ofCopy.get("lessons").intValue())
                .as("what is retired is not copied")
                .isEqualTo(before.get("lessons").intValue() - 1);
        assertThat(ofCopy.get("questions").intValue()).isEqualTo(questions.size() - 1);
        assertThat(ofCopy.at("/content/0/body").textValue()).isEqualTo("改写的");
        refused(centre.post("/api/v1/courses/999999/copy", "{}"), 404, "not-found");
        assertThat(one("select count(*) from hw.audit where action = 'course.copy' and detail ->> 'from' = '" + id
                        + "'"))
                .isEqualTo("2");
    }

    @Test
    void aCopyNamesVideosElsewhereAndNoUploadedOne() throws Exception {
        TrainingRows.course(stage.database, 9012, "a-course-with-a-code-of-forty-characters", "rain");
        stage.database.run(
                "insert into hw.course_video (video_id, course_id, name, size, received, content_type, sha256, made_by, made_at, taken_at, completed_at)"
                        + " values ('5c5c5c5c-5c5c-4c5c-8c5c-5c5c5c5c5c5c', 9012, 'a.mp4', 1, 1, 'video/mp4', sha256('x'), 1, now(), now(), now())",
                "update hw.course set title = repeat('长', 100) where course_id = 9012");
        String lesson = "/api/v1/lessons/9012/versions";
        String text = "{\"title\":\"x\",\"body\":\"x\",\"seconds\":30,\"video\":\"%s\"}";
        json(centre.post(lesson, text.formatted("https://video.example.com/a.mp4")));
        JsonNode elsewhere = json(centre.post("/api/v1/courses/9012/copy", "{}"));
        assertThat(elsewhere.at("/content/0/video").textValue()).isEqualTo("https://video.example.com/a.mp4");
        assertThat(elsewhere.get("title").textValue()).hasSize(100).endsWith("长（副本）");
        assertThat(elsewhere.get("code").textValue()).isEqualTo("a-course-with-a-code-of-forty-chara-copy");
        json(centre.post(lesson, text.formatted("5c5c5c5c-5c5c-4c5c-8c5c-5c5c5c5c5c5c")));
        JsonNode uploaded = json(centre.post("/api/v1/courses/9012/copy", "{}"));
        assertThat(uploaded.at("/content/0/video").isNull()).isTrue();
    }

    private static String lessonCode(JsonNode course, JsonNode id) {
        return StreamSupport.stream(course.get("content").spliterator(), false)
                .filter(each -> each.get("id").equals(id))
                .map(each -> each.get("code").textValue())
                .findFirst()
                .orElse("");
    }

    @Test
    void lessonsAreMovedAndRetired() throws Exception {
        String course = draft("order", "aa", "bb", "cc");
        String second = lesson(course, 1);
        JsonNode moved = json(centre.send("PATCH", lesson(course, 2), "{\"place\":1}"));
        assertThat(moved.get("content").findValuesAsText("code")).containsExactly("cc", "aa", "bb");
        moved = json(centre.send("PATCH", lesson(course, 0), "{\"place\":3}"));
        assertThat(moved.get("content").findValuesAsText("code")).containsExactly("aa", "bb", "cc");
        refused(centre.send("PATCH", second, "{\"place\":4}"), 400, "bad-value");
        JsonNode left = json(centre.post(second + "/retire", "{}"));
        assertThat(left.get("lessons").intValue()).isEqualTo(2);
        assertThat(left.get("content").findValuesAsText("code")).containsExactly("aa", "cc", "bb");
        refused(centre.post(second + "/retire", "{}"), 409, "lesson-retired");
        refused(centre.send("PATCH", second, "{\"place\":1}"), 409, "lesson-retired");
        assertThat(stage.database.column("select detail ->> 'code' from hw.audit where action = 'lesson.retire'"))
                .containsExactly("bb");
    }

    @Test
    void theLastLessonOfAPublishedCourseStays() throws Exception {
        assertThat(centre.json("/api/v1/courses/9011").get("lessons").intValue())
                .isEqualTo(1);
        refused(centre.post(lesson("/api/v1/courses/9011", 0) + "/retire", "{}"), 422, "lesson-last");
    }

    @Test
    void whatTheNextStartWouldPutBackIsRefused() throws Exception {
        String course =
                "/api/v1/courses/" + one("select course_id from hw.course where built_in order by course_id limit 1");
        assertThat(centre.json(course).at("/content/0/built_in").booleanValue()).isTrue();
        refused(centre.send("PATCH", lesson(course, 1), "{\"place\":1}"), 422, "lesson-built-in");
        refused(centre.post(lesson(course, 0) + "/retire", "{}"), 422, "lesson-built-in");
        JsonNode question = centre.json(course + "/questions").at("/items/0");
        assertThat(question.get("built_in").booleanValue()).isTrue();
        refused(
                centre.post(
                        "/api/v1/questions/" + question.get("id") + "/versions", choice("新题", ",\"lesson_id\":null")),
                422,
                "question-built-in");
    }

    @Test
    void aLessonThatSomebodyElseWroteMeanwhileIsNotWrittenOver() throws Exception {
        String course = draft("two-authors", "aa");
        String versions = lesson(course, 0) + "/versions";
        String body = "{\"title\":\"x\",\"body\":\"y\",\"seconds\":60,\"based_on\":1}";
        assertThat(json(centre.post(versions, body)).at("/content/0/version").intValue())
                .isEqualTo(2);
        JsonNode late = Visitor.JSON.readTree(refused(centre.post(versions, body), 409, "lesson-overtaken"));
        assertThat(late.get("version").intValue()).isEqualTo(2);
    }

    @Test
    void aTextIsShownBeforeItIsKept() throws Exception {
        String course = draft("preview");
        String id = course.substring(course.lastIndexOf('/') + 1);
        JsonNode shown = json(centre.post(
                "/api/v1/lesson-previews",
                "{\"course_id\":" + id + ",\"body\":\"## 看\\n\\n![镜](mirror.svg)<script>alert(1)</script>\"}"));
        assertThat(shown.get("html").textValue())
                .contains("<h2>看</h2>", "src=\"/api/v1/course-pictures/" + id + "/mirror.svg\"")
                .doesNotContain("<script");
        assertThat(shown.get("plain").textValue()).startsWith("看\n镜");
        assertThat(centre.json(course).get("content")).isEmpty();
        refused(centre.post("/api/v1/lesson-previews", "{\"body\":\"x\"}"), 400, "bad-value");
    }

    @Test
    void aQuestionGoesToAnotherLessonWithoutANewVersion() throws Exception {
        String course = draft("belongs", "aa", "bb");
        JsonNode content = centre.json(course).get("content");
        JsonNode question = json(centre.post(
                course + "/questions", choice("题", ",\"code\":\"Q1\",\"lesson_id\":" + content.at("/0/id"))));
        String versions = "/api/v1/questions/" + question.get("id") + "/versions";
        JsonNode moved = json(centre.post(versions, choice("题", ",\"lesson_id\":" + content.at("/1/id"))));
        assertThat(moved.get("lesson_id")).isEqualTo(content.at("/1/id"));
        assertThat(moved.get("version").intValue()).isEqualTo(1);
        refused(centre.post(versions, choice("题", "")), 409, "question-same");
        refused(centre.post(versions, choice("题", ",\"lesson_id\":9011")), 400, "bad-value");
        JsonNode free = json(centre.post(versions, choice("题二", ",\"lesson_id\":null")));
        assertThat(free.get("lesson_id").isNull()).isTrue();
        assertThat(free.get("version").intValue()).isEqualTo(2);
    }

    private static String choice(String stem, String more) {
        return "{\"kind\":\"single\",\"difficulty\":\"easy\",\"stem\":\"" + stem
                + "\",\"options\":[{\"text\":\"急\",\"right\":false},{\"text\":\"缓\",\"right\":true}]" + more + "}";
    }

    @Test
    void nothingOfAScriptInALessonArrives() throws Exception {
        int id = json(centre.post("/api/v1/courses", "{\"code\":\"evil\",\"topic\":\"x\",\"title\":\"恶\"}"))
                .get("id")
                .intValue();
        String body =
                "<script>alert(1)</script>\\n\\n<img src=x onerror=alert(2)>\\n\\n[a](javascript:alert(3)) ![b](https://evil.example/x.png)"
                        + " ![c](../../../account) [d](data:text/html,x)\\n\\n<iframe srcdoc='x'></iframe>";
        JsonNode lesson = json(centre.post(
                        "/api/v1/courses/" + id + "/lessons",
                        "{\"code\":\"one\",\"title\":\"<b>x</b>\",\"body\":\"" + body + "\",\"body_en\":\"" + body
                                + "\",\"seconds\":60}"))
                .at("/content/0");
        for (String html : new String[] {
            lesson.get("html").textValue(), lesson.get("html_en").textValue()
        }) {
            assertThat(html)
                    .doesNotContainPattern("<\\s*(script|img|iframe)")
                    .doesNotContain("javascript:", "data:", "evil.example", "account");
        }
        assertThat(lesson.get("plain").textValue()).doesNotContain("alert(1)", "alert(2)");
        refused(
                centre.post(
                        "/api/v1/courses/" + id + "/lessons",
                        "{\"code\":\"two\",\"title\":\"x\",\"body\":\"x\",\"seconds\":60,\"video\":\"javascript:alert(1)\"}"),
                400,
                "bad-value");
        stage.database.run("insert into hw.lesson_picture (course_id, name, content, made_at) values (" + id
                + ", 'x.svg', '<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>', now())");
        HttpResponse<String> picture = centre.get("/api/v1/course-pictures/" + id + "/x.svg");
        assertThat(picture.headers().allValues("Content-Security-Policy"))
                .as("a sandbox runs no script")
                .containsExactly("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        assertThat(centre.get("/api/v1/course-pictures/" + id + "/y.svg").statusCode())
                .isEqualTo(404);
        assertThat(new Visitor(stage.port())
                        .get("/api/v1/course-pictures/" + id + "/x.svg")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void answersJudgeTheirQuestions() throws Exception {
        // Sixty papers of two questions: the first nearly all know, the second is answered rightly by those who fail
        // the third.
        stage.database.run(
                "insert into hw.training_task (task_id, company_id, driver_id, course_id, plan_id, kind, assigned_at, due_at) overriding system value"
                        + " select 800000 + n, 1, 1, 9011, null, 'remedial', now(), now() from generate_series(1, 1) n",
                "insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at, ends_at,"
                        + " closed_at, closed_by, score, passed) select md5(n::text)::uuid, 800001, 1, 1, 9011, n, n, 'device-0', 80, now(), now(), now(),"
                        + " 'driver', 50, false from generate_series(1, 60) n",
                "insert into hw.exam_answer (attempt_id, place, company_id, driver_id, question_id, version, shown, given, is_right) select md5(n::text)::uuid,"
                        + " p, 1, 1, 901100 + p, 1, '{0,1}', '{0}', case p when 1 then n <> 7 when 2 then n % 2 = 0 else n % 2 = 1 end"
                        + " from generate_series(1, 60) n, generate_series(1, 3) p");
        JsonNode items = centre.json("/api/v1/courses/9011/questions").get("items");
        assertThat(items.get(0).at("/statistics/answers").intValue()).isEqualTo(60);
        assertThat(items.get(0).at("/statistics/verdict").textValue()).isEqualTo("too_easy");
        assertThat(items.get(1).at("/statistics/verdict").textValue()).isEqualTo("misleading");
        assertThat(items.get(1).at("/statistics/retire").booleanValue()).isTrue();
        assertThat(items.get(3).at("/statistics/verdict").textValue()).isEqualTo("open");
    }

    @Test
    void aBankIsTriedFirstAndTakenInOnce() throws Exception {
        int id = json(centre.post("/api/v1/courses", "{\"code\":\"bank\",\"topic\":\"x\",\"title\":\"题库\"}"))
                .get("id")
                .intValue();
        String imports = "/api/v1/courses/" + id + "/question-imports?format=";
        String gift = "::FAT-001:: 连续驾驶超过几小时算疲劳？ {~2 小时 =4 小时 ~8 小时}\n\n::E:: 写一写 {}\n\n::OK:: 雨天减速。 {TRUE}\n";
        JsonNode tried = json(centre.post(imports + "gift&dry_run=true", gift));
        assertThat(tried.get("added").intValue()).isEqualTo(2);
        assertThat(tried.at("/findings/0").toString())
                .contains("\"line\":3", "\"code\":\"essay\"", "\"severity\":\"review\"");
        String course = "/api/v1/courses/" + id;
        assertThat(centre.json(course + "/questions").get("items")).isEmpty();
        assertThat(json(centre.post(imports + "gift", gift)).get("added").intValue())
                .isEqualTo(2);
        JsonNode questions = centre.json(course + "/questions").get("items");
        assertThat(questions.findValuesAsText("code")).containsExactly("FAT-001", "OK");
        assertThat(questions.findValuesAsText("kind")).containsExactly("single", "true_false");

        String aiken = "连续驾驶 超过几小时，算疲劳?\nA. 2 小时\nB. 4 小时\nANSWER: B\n\n夜间会车用什么灯？\nA. 远光\nB. 近光\nANSWER: B\n";
        JsonNode second = json(centre.post(imports + "aiken&dry_run=false", aiken));
        assertThat(second.get("added").intValue()).isEqualTo(1);
        assertThat(second.at("/duplicate/0/there").textValue()).isEqualTo("FAT-001");
        assertThat(json(centre.post(imports + "aiken", aiken)).get("added").intValue())
                .as("the same again adds nothing")
                .isZero();
        assertThat(centre.json(course + "/questions?state=live").get("items")).hasSize(3);
        refused(centre.post(imports.replace("?format=", ""), gift), 400, "bad-value");
        refused(centre.post(imports + "gift", ""), 400, "bad-value");
        assertThat(stage.database.column(
                        "select detail ->> 'added' from hw.audit where action = 'question.import' order by audit_id"))
                .containsExactly("2", "1", "0");
    }

    @Test
    void aBankOfUnusualCharactersBreaksNothing() throws Exception {
        int id = json(centre.post("/api/v1/courses", "{\"code\":\"odd\",\"topic\":\"x\",\"title\":\"题库\"}"))
                .get("id")
                .intValue();
        String imports = "/api/v1/courses/" + id + "/question-imports?format=gift";
        String stem = "题".repeat(79) + "🚚 \u0000 <script>alert(1)</script> &lt;b&gt; \u202e 吗？";
        String gift = "\ufeff::" + "名".repeat(57) + "🚚:: " + stem + " {=🚚 ~\u0007 否}\r\n\r\n::" + "名".repeat(57)
                + "🚚:: 另一道题？ {=对 ~错}\r\n";
        JsonNode added = json(centre.post(imports, gift));
        assertThat(added.get("added").intValue()).as(added.toString()).isEqualTo(2);
        JsonNode again = json(centre.post(imports, gift));
        assertThat(again.get("added").intValue()).isZero();
        assertThat(again.at("/duplicate/0/stem").textValue()).isEqualTo("题".repeat(79));
        JsonNode other = json(centre.post(imports, "::" + "名".repeat(57) + "🚚:: 第三道题？ {=对 ~错}"));
        assertThat(other.get("added").intValue()).as(other.toString()).isEqualTo(1);
        JsonNode questions = centre.json("/api/v1/courses/" + id + "/questions").get("items");
        assertThat(questions.get(0).get("stem").textValue())
                .endsWith("<b> \u202e 吗？")
                .doesNotContain("script");
        assertThat(questions.findValuesAsText("code")).hasSize(3).allMatch(code -> code.length() <= 60);

        for (String option : List.of("\\u0000", "\\ud83d", "\\u0007")) {
            String body =
                    "{\"code\":\"o\",\"kind\":\"single\",\"difficulty\":\"easy\",\"stem\":\"x\",\"options\":[{\"text\":\""
                            + option + "\",\"right\":true},{\"text\":\"b\",\"right\":false}]}";
            refused(centre.post("/api/v1/courses/" + id + "/questions", body), 400, "bad-value");
        }
    }

    private String one(String query) throws Exception {
        return stage.database.column(query).getFirst();
    }
}
