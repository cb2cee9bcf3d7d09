package io.haulwatch.training.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInCoursesTest {
    private static final List<Course> COURSES = Courses.builtIn();

    @Test
    void allEightAreThereInTheirOrder() {
        assertThat(COURSES)
                .extracting(Course::id)
                .containsExactly(
                        "speed", "fatigue", "distance", "papers", "downhill", "weather", "tunnels", "blind-spots");
        assertThat(COURSES).extracting(Course::topic).doesNotHaveDuplicates();
    }

    @Test
    void aCourseIsWrittenInChineseAloneOrAllOfItInEnglishToo() {
        for (Course course : COURSES) {
            List<Words> said = new ArrayList<>(List.of(course.title(), course.summary()));
            course.lessons().forEach(lesson -> said.addAll(List.of(lesson.title(), lesson.text())));
            for (Question question : course.questions()) {
                said.add(question.stem());
                question.options().forEach(option -> said.add(option.text()));
                if (question.explanation() != null) {
                    said.add(question.explanation());
                }
            }
            boolean english = course.title().en() != null;
            assertThat(said).as(course.id()).allMatch(words -> (words.en() != null) == english);
        }
    }

    @Test
    void everyLessonIsOneOfThreeMinutes() {
        for (Course course : COURSES) {
            assertThat(course.lessons())
                    .as(course.id())
                    .hasSizeGreaterThan(1)
                    .allMatch(lesson -> lesson.seconds() <= 180);
            assertThat(course.questions()).as(course.id()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void everyLessonBecomesAPageWithItsDrawingsAndHasQuestions() {
        for (Course course : COURSES) {
            for (Lesson lesson : course.lessons()) {
                String html = LessonText.html(lesson.text().zh(), name -> "drawing/" + name);
                assertThat(html).as(lesson.id()).contains("<h2>").doesNotContain("&lt;");
                LessonText.drawings(Words.chinese(lesson.text().zh()))
                        .forEach(name -> assertThat(html).contains("src=\"drawing/" + name + "\""));
                assertThat(LessonText.plain(lesson.text().zh())).as(lesson.id()).doesNotContain("**", "![", "](");
                assertThat(course.questions())
                        .as(lesson.id())
                        .anyMatch(question -> lesson.id().equals(question.lesson()));
            }
        }
    }

    @Test
    void drawingsHoldNothingThatRunsOrComesFromElsewhere() {
        for (Course course : COURSES) {
            course.drawings()
                    .forEach((name, svg) -> assertThat(svg)
                            .as(name)
                            .contains("<svg")
                            .doesNotContainIgnoringCase("<script", "javascript:", "foreignObject")
                            .doesNotContainPattern("(href|src)=\"(?!#)")
                            .doesNotContainPattern("\\son[a-z]+="));
        }
    }
}
