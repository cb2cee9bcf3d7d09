package io.haulwatch.training.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.haulwatch.training.content.Question.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads courses from a folder of the class path. {@code index.txt} lists their ids, one a line; a course has {@code course.yaml}, {@code
 * questions.yaml}, {@code lessons/<lesson>.zh-CN.md} with an optional {@code .en.md} beside it, and {@code drawings/}.
 */
public final class Courses {
    private static final String BUILT_IN = "io/haulwatch/training/courses";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final String folder;

    private Courses(String folder) {
        this.folder = folder;
    }

    /**
     * The courses that come with the product, in the order of their index.
     *
     * @throws CourseFault naming the file and the place if one is not as it must be
     */
    public static List<Course> builtIn() {
        return read(BUILT_IN);
    }

    /**
     * The courses of a folder of the class path, in the order of its index.
     *
     * @param folder without a slash at its ends
     * @throws CourseFault naming the file and the place if one is not as it must be
     */
    public static List<Course> read(String folder) {
        Courses courses = new Courses(folder);
        Set<String> ids = new HashSet<>();
        List<Course> read = new ArrayList<>();
        for (String line : courses.need("index.txt").lines().toList()) {
            String id = line.strip();
            if (id.isEmpty()) {
                continue;
            }
            if (!ids.add(id)) {
                throw new CourseFault(folder + "/index.txt names a course twice: course=" + id);
            }
            read.add(courses.course(id));
        }
        return List.copyOf(read);
    }

    private Course course(String id) {
        String file = id + "/course.yaml";
        Fields fields = new Fields(file, yaml(file));
        try {
            if (!fields.text("id").equals(id)) {
                throw new CourseFault(file + " must say id: " + id);
            }
            String topic = fields.text("topic");
            List<Lesson> lessons = new ArrayList<>();
            for (Fields lesson : fields.list("lessons")) {
                lessons.add(lesson(id, lesson));
            }
            Course course = new Course(
                    id,
                    topic,
                    fields.words("title"),
                    fields.words("summary"),
                    lessons,
                    questions(id, topic),
                    drawings(id, lessons));
            fields.refuseUnknown();
            return course;
        } catch (IllegalArgumentException e) {
            throw new CourseFault(id + ": " + e.getMessage(), e);
        }
    }

    private Lesson lesson(String course, Fields fields) {
        String id = fields.text("id");
        Names.check("lesson", id);
        String file = course + "/lessons/" + id;
        Lesson lesson = new Lesson(
                id,
                fields.words("title"),
                fields.wholeNumber("seconds"),
                new Words(need(file + ".zh-CN.md"), find(file + ".en.md")));
        fields.refuseUnknown();
        return lesson;
    }

    private List<Question> questions(String course, String topic) {
        String file = course + "/questions.yaml";
        List<Question> questions = new ArrayList<>();
        for (Fields fields : Fields.each(file + ", question", yaml(file))) {
            try {
                questions.add(question(topic, fields));
            } catch (IllegalArgumentException e) {
                throw new CourseFault(fields.where() + ": " + e.getMessage(), e);
            }
            fields.refuseUnknown();
        }
        return questions;
    }

    private static Question question(String topic, Fields fields) {
        List<Option> options = new ArrayList<>();
        for (Fields option : fields.list("options")) {
            options.add(new Option(option.words("text"), option.yes("right")));
            option.refuseUnknown();
        }
        return new Question(
                fields.text("id"),
                fields.text("lesson"),
                topic,
                QuestionKind.of(fields.text("kind")),
                Difficulty.of(fields.text("difficulty")),
                fields.words("stem"),
                options,
                fields.words("explanation"),
                fields.wordsOrNull("clause"),
                date(fields));
    }

    private static @Nullable LocalDate date(Fields fields) {
        String text = fields.textOrNull("effective");
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CourseFault(fields.where() + ": effective must be a date like 2022-04-01: effective=" + text, e);
        }
    }

    private Map<String, String> drawings(String course, List<Lesson> lessons) {
        Map<String, String> drawings = new HashMap<>();
        for (Lesson lesson : lessons) {
            for (String name : LessonText.drawings(lesson.text())) {
                drawings.computeIfAbsent(name, missing -> need(course + "/drawings/" + missing));
            }
        }
        return drawings;
    }

    private JsonNode yaml(String file) {
        try {
            return YAML.readTree(need(file));
        } catch (JsonProcessingException e) {
            throw new CourseFault(
                    file + " is not YAML: " + e.getOriginalMessage() + " (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ")",
                    e);
        }
    }

    private String need(String file) {
        String text = find(file);
        if (text == null || text.isBlank()) {
            throw new CourseFault((text == null ? "a file is missing: " : "a file is empty: ") + folder + "/" + file);
        }
        return text;
    }

    private @Nullable String find(String file) {
        try (InputStream in = Courses.class.getClassLoader().getResourceAsStream(folder + "/" + file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + "/" + file, e);
        }
    }
}
