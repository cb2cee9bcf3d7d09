package io.haulwatch.console.desk;

import org.jspecify.annotations.Nullable;

/**
 * How an alarm stands on the desk.
 *
 * @param handling as it is now: a claim that has run out counts for nothing
 * @param waitsFor company, centre, second_person or case while it is waiting
 * @param duty the step that is due next
 * @param dueAt when; null for never
 * @param heldUntil until when the holder has it without doing anything
 * @param act what was begun and can be undone still
 * @param askedBy who called it false and may not decide alone
 */
record DeskState(
        String handling,
        @Nullable String waitsFor,
        String duty,
        @Nullable String dueAt,
        @Nullable Holder holder,
        @Nullable String heldUntil,
        @Nullable Begun act,
        @Nullable Integer askedBy) {

    /** Who works on it. */
    record Holder(int id, String name) {}

    /** An act that was begun. @param until it can be undone, and takes effect then */
    record Begun(long id, String kind, String by, String until) {}
}
