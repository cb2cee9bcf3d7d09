package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameWriter;

/**
 * The body of a message at rest. Each has a static {@code read} beside it that never throws for what the bytes say and is null where not even the head is
 * there; {@link #put} is strict and throws {@link IllegalArgumentException} for what the edition or the field cannot hold.
 */
public interface MessageBody {
    /** Writes the body in the form of this edition. */
    FrameWriter put(Edition edition, FrameWriter writer);

    /** Says every field for people: names with the unit last, codes in words. */
    void describe(Tree tree);
}
