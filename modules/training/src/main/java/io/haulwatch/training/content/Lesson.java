package io.haulwatch.training.content;

/**
 * One lesson (课时) of a few minutes.
 *
 * @param seconds nominal length: no more than this is credited for it
 * @param text Markdown; {@link LessonText} makes a page or a reading of it
 */
public record Lesson(String id, Words title, int seconds, Words text) {
    private static final int SHORTEST_SECONDS = 10;
    private static final int LONGEST_SECONDS = 3_600;

    public Lesson {
        Names.check("lesson", id);
        if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException(
                    "a lesson lasts 10 to 3600 seconds: lesson=" + id + ", seconds=" + seconds);
        }
    }
}
