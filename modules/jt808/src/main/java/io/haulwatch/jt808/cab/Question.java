package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Question (提问下发, 0x8302).
 *
 * @param flags bits 0 urgent, 3 read by TTS, 4 shown on the advertising screen
 * @param question at most 255 bytes
 * @param answers to choose from; the length of an answer is a WORD, unlike that of the question
 */
public record Question(int flags, String question, List<Answer> answers) implements MessageBody {
    /** Copies the answers. */
    public Question {
        answers = List.copyOf(answers);
    }

    /**
     * One answer.
     *
     * @param id what the terminal sends back in 0x0302
     * @param text what the driver reads
     */
    public record Answer(int id, String text) {
        private static @Nullable Answer read(BodyReader in) {
            return in.has(3) ? new Answer(in.u8(), in.longText()) : null;
        }

        private void describe(Tree tree) {
            tree.put("id", id).put("text", text);
        }
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable Question read(BodyReader in) {
        return in.has(2) ? new Question(in.u8(), in.shortText(), in.restList(Answer::read)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("flags", flags)).putShortText(question);
        for (Answer answer : answers) {
            writer.putU8(Range.u8("id", answer.id)).putLongText(answer.text);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.bits("flags", flags, "urgent", null, null, "speak", "advertising_screen")
                .put("question", question)
                .list("answers", answers, Answer::describe);
    }
}
