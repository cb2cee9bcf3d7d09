package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sub-packages asked for again: 0x8003 by the platform (补传分包请求), 0x0005 by a 2019 terminal. 2013 counts in a BYTE, 2019 in
 * a WORD; one codec cuts the WORD to 8 bits when it writes (section 13), this one does not.
 *
 * @param firstSerial serial of the first package of the original message
 * @param numbers package numbers, from 1; at most 255 (2013) or 509 (2019, one frame)
 */
public record ResendRequest(int firstSerial, List<Integer> numbers) implements MessageBody {
    private static final int MOST_2013 = 255;
    private static final int MOST_2019 = 509;

    /** Copies the numbers. */
    public ResendRequest {
        numbers = List.copyOf(numbers);
    }

    /** How many numbers one request can hold. */
    public static int most(boolean is2019) {
        return is2019 ? MOST_2019 : MOST_2013;
    }

    /** Reads a body; a count larger than the numbers present reads what is there; null if even the count is missing. */
    public static @Nullable ResendRequest read(boolean is2019, byte[] bytes, int offset, int length) {
        int head = is2019 ? 4 : 3;
        if (length < head) {
            return null;
        }
        int declared = is2019 ? BigEndian.u16(bytes, offset + 2) : bytes[offset + 2] & 0xFF;
        int count = Math.min(declared, (length - head) / 2);
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(BigEndian.u16(bytes, offset + head + 2 * i));
        }
        return new ResendRequest(BigEndian.u16(bytes, offset), numbers);
    }

    /** Reads a body; null if even the count is missing. */
    public static @Nullable ResendRequest read(Edition edition, BodyReader in) {
        boolean is2019 = edition == Edition.V2019;
        if (!in.has(is2019 ? 4 : 3)) {
            return null;
        }
        int serial = in.u16();
        return new ResendRequest(serial, in.list(is2019 ? in.u16() : in.u8(), item -> item.has(2) ? item.u16() : null));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return put(edition == Edition.V2019, writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("first_serial", firstSerial).put("numbers", numbers);
    }

    /** Writes the body; refuses more numbers than {@link #most}. */
    public FrameWriter put(boolean is2019, FrameWriter writer) {
        if (numbers.size() > most(is2019)) {
            throw new IllegalArgumentException("too many packages for one request: count=" + numbers.size());
        }
        writer.putU16(firstSerial);
        if (is2019) {
            writer.putU16(numbers.size());
        } else {
            writer.putU8(numbers.size());
        }
        for (int number : numbers) {
            writer.putU16(number);
        }
        return writer;
    }
}
