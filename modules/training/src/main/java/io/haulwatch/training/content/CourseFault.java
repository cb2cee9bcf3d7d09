package io.haulwatch.training.content;

/** A course in the class path is not as it must be: whoever wrote it has to mend it. */
public final class CourseFault extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CourseFault(String sentence) {
        super(sentence);
    }

    CourseFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
