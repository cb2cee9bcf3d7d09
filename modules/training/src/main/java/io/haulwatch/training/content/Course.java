package io.haulwatch.training.content;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One course (课程): lessons in their order and the questions about them.
 *
 * @param topic knowledge area, the key by which remedial tasks and papers ask for it
 * @param drawings SVG by file name, every one that a lesson shows
 */
public record Course(
        String id,
        String topic,
        Words title,
        Words summary,
        List<Lesson> lessons,
        List<Question> questions,
        Map<String, String> drawings) {
    public Course {
        lessons = List.copyOf(lessons);
        questions = List.copyOf(questions);
        drawings = Map.copyOf(drawings);
        Names.check("course", id);
        Names.check("topic", topic);
        if (lessons.isEmpty()) {
            throw new IllegalArgumentException("a course has a lesson: course=" + id);
        }
        Set<String> lessonIds = new HashSet<>();
        for (Lesson lesson : lessons) {
            if (!lessonIds.add(lesson.id())) {
                throw new IllegalArgumentException(
                        "lesson ids differ within a course: course=" + id + ", lesson=" + lesson.id());
            }
            for (String drawing : LessonText.drawings(lesson.text())) {
                if (!drawings.containsKey(drawing)) {
                    throw new IllegalArgumentException("a lesson shows a drawing that is not there: course=" + id
                            + ", lesson=" + lesson.id() + ", drawing=" + drawing);
                }
            }
        }
        Set<String> questionIds = new HashSet<>();
        for (Question question : questions) {
            if (!questionIds.add(question.id())) {
                throw new IllegalArgumentException(
                        "question ids differ within a course: course=" + id + ", question=" + question.id());
            }
            if (question.lesson() != null && !lessonIds.contains(question.lesson())) {
                throw new IllegalArgumentException("a question names a lesson that is not there: course=" + id
                        + ", question=" + question.id() + ", lesson=" + question.lesson());
            }
        }
    }

    /** A lesson of this course. */
    public Optional<Lesson> lesson(String lessonId) {
        return lessons.stream().filter(lesson -> lesson.id().equals(lessonId)).findFirst();
    }

    /** Nominal length of all lessons. */
    public int seconds() {
        return lessons.stream().mapToInt(Lesson::seconds).sum();
    }
}
