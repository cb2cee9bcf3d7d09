package io.haulwatch.jt808.safety;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.AlarmMark;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Request for the attachments of an alarm (报警附件上传指令, 0x9208). In T/GDRTA 002 (粤标) it carries the 40-byte mark.
 *
 * @param host address of the attachment server
 * @param tcpPort its TCP port, 0 for none
 * @param udpPort its UDP port, 0 for none
 * @param mark as the alarm had it
 * @param alarmNumber our own number for the alarm (报警编号), at most 32 bytes, unique
 * @param reserved 16 bytes
 */
public record AttachmentRequest(
        String host, int tcpPort, int udpPort, AlarmMark mark, String alarmNumber, Bytes reserved)
        implements MessageBody {
    static final int ALARM_NUMBER = 32;
    private static final int RESERVED = 16;

    /** Reads a body; its length tells the form of the mark; null if it ends before the mark does. */
    public static @Nullable AttachmentRequest read(BodyReader in) {
        int beforeMark = 1 + in.peekU8(0) + 4;
        boolean guangdong = in.length() >= beforeMark + AlarmMark.LENGTH_GUANGDONG + ALARM_NUMBER + RESERVED;
        if (!in.has(beforeMark + AlarmMark.LENGTH)) {
            return null;
        }
        return new AttachmentRequest(
                in.shortText(),
                in.u16(),
                in.u16(),
                AlarmMark.read(guangdong, in),
                in.text(ALARM_NUMBER),
                in.bytes(RESERVED));
    }

    /** A request with reserved zeros. */
    public static AttachmentRequest of(String host, int tcpPort, int udpPort, AlarmMark mark, String alarmNumber) {
        return new AttachmentRequest(host, tcpPort, udpPort, mark, alarmNumber, Bytes.of(new byte[RESERVED]));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        if (reserved.size() != RESERVED) {
            throw new IllegalArgumentException("16 bytes are reserved: reserved=" + reserved);
        }
        writer.putShortText(host).putU16(Range.u16("tcpPort", tcpPort)).putU16(Range.u16("udpPort", udpPort));
        return mark.put(writer).putPadded(alarmNumber, ALARM_NUMBER).putBytes(reserved.toArray());
    }

    @Override
    public void describe(Tree tree) {
        tree.put("host", host)
                .put("tcp_port", tcpPort)
                .put("udp_port", udpPort)
                .branch("mark", mark, AlarmMark::describe)
                .put("alarm_number", alarmNumber);
    }
}
