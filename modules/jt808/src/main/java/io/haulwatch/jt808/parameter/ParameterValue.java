package io.haulwatch.jt808.parameter;

import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.Locale;

/** The value of a parameter in the type that the table gives its id. */
public sealed interface ParameterValue {
    /** Writes the value without id and length. */
    FrameWriter put(FrameWriter writer);

    /**
     * BYTE, WORD or DWORD.
     *
     * @param width bytes, 1, 2 or 4
     * @param value unsigned
     */
    record Unsigned(int width, long value) implements ParameterValue {
        /** Refuses other widths and values that do not fit. */
        public Unsigned {
            if (width != 1 && width != 2 && width != 4) {
                throw new IllegalArgumentException("a number has 1, 2 or 4 bytes: width=" + width);
            }
            if (value < 0 || value >= 1L << (8 * width)) {
                throw new IllegalArgumentException("the value does not fit: width=" + width + " value=" + value);
            }
        }

        @Override
        public FrameWriter put(FrameWriter writer) {
            return switch (width) {
                case 1 -> writer.putU8((int) value);
                case 2 -> writer.putU16((int) value);
                default -> writer.putU32(value);
            };
        }
    }

    /**
     * STRING.
     *
     * @param text GBK, padding trimmed when read
     */
    record Text(String text) implements ParameterValue {
        @Override
        public FrameWriter put(FrameWriter writer) {
            return writer.putBytes(Gbk.bytes(text));
        }
    }

    /**
     * Forbidden hours (违规行驶时段, 0x0032, 2019), four bytes in binary, not BCD.
     *
     * @param startHour 0..23
     * @param startMinute 0..59
     * @param endHour 0..23
     * @param endMinute 0..59
     */
    record ForbiddenHours(int startHour, int startMinute, int endHour, int endMinute) implements ParameterValue {
        /** As people write it: 22:00-06:30. */
        public String words() {
            return String.format(Locale.ROOT, "%02d:%02d-%02d:%02d", startHour, startMinute, endHour, endMinute);
        }

        @Override
        public FrameWriter put(FrameWriter writer) {
            return writer.putU8(Range.of("startHour", startHour, 0, 23))
                    .putU8(Range.of("startMinute", startMinute, 0, 59))
                    .putU8(Range.of("endHour", endHour, 0, 23))
                    .putU8(Range.of("endMinute", endMinute, 0, 59));
        }
    }

    /**
     * Anything else: vendors' ids, the eight bytes of a CAN id, and known ids in a length that is not theirs.
     *
     * @param bytes as sent
     */
    record Raw(Bytes bytes) implements ParameterValue {
        @Override
        public FrameWriter put(FrameWriter writer) {
            return writer.putBytes(bytes.toArray());
        }
    }
}
