package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a question (提问应答, 0x0302).
 *
 * @param serial serial of the 0x8302
 * @param answerId what the driver chose
 */
public record QuestionAnswer(int serial, int answerId) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable QuestionAnswer read(BodyReader in) {
        return in.has(3) ? new QuestionAnswer(in.u16(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU16(Range.u16("serial", serial)).putU8(Range.u8("answerId", answerId));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial).put("answer_id", answerId);
    }
}
