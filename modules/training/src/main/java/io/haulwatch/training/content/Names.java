package io.haulwatch.training.content;

import java.util.regex.Pattern;

/** Names of courses, lessons and drawings: they become parts of addresses and of paths in the class path, so nothing in them may lead elsewhere. */
final class Names {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DRAWING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");

    private Names() {}

    static void check(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of a " + what + " has small letters, digits and hyphens: id=" + id);
        }
    }

    /** Whether an image of a lesson is a file beside it, and not something elsewhere. */
    static boolean isDrawing(String destination) {
        return DRAWING.matcher(destination).matches();
    }
}
