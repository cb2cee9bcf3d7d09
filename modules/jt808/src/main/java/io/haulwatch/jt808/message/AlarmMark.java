package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BcdTime;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;

/**
 * Alarm mark (报警标识号): the key under which a terminal keeps the attachments of an active-safety alarm. 16 bytes in T/JSATL 12-2017, 40 in T/GDRTA
 * 002-2020 (粤标); the length of what carries it tells which.
 *
 * @param guangdong the long form
 * @param terminalId at most 7 bytes, 30 in the long form; padding trimmed
 * @param time when the alarm began
 * @param number among the alarms of the same second, from 0
 * @param attachments files that the terminal holds (附件数量); above 0 they can be asked for with 0x9208
 * @param reserved BYTE, WORD in the long form
 */
public record AlarmMark(boolean guangdong, String terminalId, BcdTime time, int number, int attachments, int reserved) {
    /** Bytes of the form of T/JSATL 12. */
    public static final int LENGTH = 16;
    /** Bytes of the form of T/GDRTA 002. */
    public static final int LENGTH_GUANGDONG = 40;

    private static final int ID = 7;
    private static final int ID_GUANGDONG = 30;

    /** Bytes of the terminal id that belongs to a form of the mark. */
    public static int idLength(boolean guangdong) {
        return guangdong ? ID_GUANGDONG : ID;
    }

    /** Bytes of a form. */
    public static int length(boolean guangdong) {
        return guangdong ? LENGTH_GUANGDONG : LENGTH;
    }

    /** Reads a mark of this form. */
    public static AlarmMark read(boolean guangdong, BodyReader in) {
        return new AlarmMark(
                guangdong,
                in.text(idLength(guangdong)),
                BcdTime.read(in),
                in.u8(),
                in.u8(),
                guangdong ? in.u16() : in.u8());
    }

    /** Writes the mark in its form. */
    public FrameWriter put(FrameWriter writer) {
        writer.putPadded(terminalId, idLength(guangdong))
                .putBytes(time.bytes())
                .putU8(Range.u8("number", number))
                .putU8(Range.u8("attachments", attachments));
        return guangdong
                ? writer.putU16(Range.u16("reserved", reserved))
                : writer.putU8(Range.u8("reserved", reserved));
    }

    /** Says the fields. */
    public void describe(Tree tree) {
        tree.put("terminal_id", terminalId)
                .put("time", time.digits())
                .put("number", number)
                .put("attachments", attachments);
        if (reserved != 0) {
            tree.put("reserved", reserved);
        }
    }
}
