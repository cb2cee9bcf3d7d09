package io.haulwatch.jt808.safety;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.AlarmMark;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of an alarm (报警附件信息, 0x1210), the first message on the attachment server's connection. The sheet has the form of T/JSATL 12; a body that does not
 * fit it and fits the 30-byte id and 40-byte mark of T/GDRTA 002 (粤标) is read so, as section 7.5 has it for the items.
 *
 * @param terminalId terminal id, padding trimmed
 * @param mark as the alarm had it
 * @param alarmNumber our number for the alarm
 * @param infoType 0 normal, 1 uploaded again
 * @param files at most 255
 */
public record AttachmentList(String terminalId, AlarmMark mark, String alarmNumber, int infoType, List<NamedFile> files)
        implements MessageBody {
    /** Copies the files. */
    public AttachmentList {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param name as in {@link AttachmentName}
     * @param size bytes
     */
    public record NamedFile(String name, long size) {
        private static @Nullable NamedFile read(BodyReader in) {
            return in.has(1 + in.peekU8(0) + 4) ? new NamedFile(in.shortText(), in.u32()) : null;
        }
    }

    /** Reads a body; null if it fits neither form up to its list. */
    public static @Nullable AttachmentList read(BodyReader in) {
        boolean guangdong = !ends(false, in) && ends(true, in);
        if (!in.has(head(guangdong))) {
            return null;
        }
        return new AttachmentList(
                in.text(AlarmMark.idLength(guangdong)),
                AlarmMark.read(guangdong, in),
                in.text(AttachmentRequest.ALARM_NUMBER),
                in.u8(),
                in.list(in.u8(), NamedFile::read));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putPadded(terminalId, AlarmMark.idLength(mark.guangdong()));
        mark.put(writer)
                .putPadded(alarmNumber, AttachmentRequest.ALARM_NUMBER)
                .putU8(Range.u8("infoType", infoType))
                .putU8(Range.u8("files", files.size()));
        for (NamedFile file : files) {
            writer.putShortText(file.name).putU32(Range.u32("size", file.size));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("terminal_id", terminalId)
                .branch("mark", mark, AlarmMark::describe)
                .put("alarm_number", alarmNumber)
                .code("info_type", infoType, "normal", "uploaded_again")
                .list(
                        "files",
                        files,
                        (file, inner) -> inner.put("name", file.name).put("size_bytes", file.size));
    }

    private static int head(boolean guangdong) {
        return AlarmMark.idLength(guangdong) + AlarmMark.length(guangdong) + AttachmentRequest.ALARM_NUMBER + 2;
    }

    /** Whether the list ends exactly at the body's end in this form. */
    private static boolean ends(boolean guangdong, BodyReader in) {
        int at = head(guangdong);
        if (!in.has(at)) {
            return false;
        }
        for (int i = in.peekU8(at - 1); i > 0; i--) {
            at += 1 + in.peekU8(at) + 4;
        }
        return at == in.length();
    }
}
