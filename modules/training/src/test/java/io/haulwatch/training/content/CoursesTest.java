package io.haulwatch.training.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoursesTest {
    private static final String FOLDER = "io/haulwatch/training/content/";

    @Test
    void readsACourseWithItsLessonsQuestionsAndDrawings() {
        List<Course> courses = Courses.read(FOLDER + "good");
        assertThat(courses).hasSize(1);
        Course course = courses.getFirst();
        assertThat(course.title()).isEqualTo(new Words("制动", "Brakes"));
        assertThat(course.summary().in("en")).isEqualTo("出车前看气压。");
        assertThat(course.seconds()).isEqualTo(120);
        assertThat(course.lesson("air").orElseThrow().text().in("zh-CN")).startsWith("# 气压");
        assertThat(course.lesson("air").orElseThrow().text().in("en")).startsWith("# Air");
        assertThat(course.drawings()).containsOnlyKeys("gauge.svg", "gauge-en.svg");
        assertThat(course.drawings().get("gauge.svg")).contains("气压表");

        Question first = course.questions().getFirst();
        assertThat(first.kind()).isEqualTo(QuestionKind.SINGLE);
        assertThat(first.difficulty()).isEqualTo(Difficulty.EASY);
        assertThat(first.topic()).isEqualTo("brakes");
        assertThat(first.right()).containsExactly(1);
        assertThat(first.effective()).isEqualTo(LocalDate.of(2022, 4, 1));
        assertThat(course.questions().getLast().kind()).isEqualTo(QuestionKind.TRUE_FALSE);
        assertThat(course.questions().getLast().clause()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "missing-drawing, a file is missing; x/drawings/away.svg",
        "misspelt-field, question 1; lacks difficulty",
        "two-right, question 1; exactly one right option",
        "unknown-lesson, question=q; lesson=two",
        "missing-text, a file is missing; one.zh-CN.md",
        "number-for-text, options 1; zh-CN=20",
        "nowhere, a file is missing; index.txt"
    })
    void saysWhereACourseIsNotAsItMustBe(String folder, String said) {
        assertThatThrownBy(() -> Courses.read(FOLDER + folder))
                .isInstanceOf(CourseFault.class)
                .hasMessageContainingAll(said.split("; "));
    }
}
