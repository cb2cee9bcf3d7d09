package io.haulwatch.jt808.frame;

import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.field.Range;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Builds frames for a terminal or for the platform: {@link #begin}, the body field by field, {@link #end}. Header form, version byte
 * and raw phone are the peer's own. The body is gathered in an array that the writer keeps, so a message costs no allocation; one
 * thread, any number of connections. A body over the package limit leaves as sub-packages with consecutive serials.
 */
public final class FrameWriter {
    /** The most that the ten length bits of the header can say. */
    public static final int LONGEST_BODY = 1_023;

    private static final byte FLAG = FrameEscaping.FLAG;
    private static final byte ESCAPE = FrameEscaping.ESCAPE;
    private static final int LONGEST_HEADER = 21;
    private static final int BIT_PACKAGED = 1 << 13;
    private static final int BIT_2019 = 1 << 14;

    private final byte[] header = new byte[LONGEST_HEADER];
    private final int packageLimit;
    private byte[] body = new byte[1_100];
    private int size;
    private int headerLength;
    private boolean is2019;
    private int serial;
    private boolean open;

    /** A writer that fills packages up to the standard's limit. */
    public FrameWriter() {
        this(LONGEST_BODY);
    }

    /**
     * A writer that cuts earlier.
     *
     * @param packageLimit body bytes in one package, 1..1023
     */
    public FrameWriter(int packageLimit) {
        if (packageLimit < 1 || packageLimit > LONGEST_BODY) {
            throw new IllegalArgumentException("a package holds 1 to 1023 bytes: packageLimit=" + packageLimit);
        }
        this.packageLimit = packageLimit;
    }

    /** Starts a message; what was begun and not ended is forgotten. */
    public FrameWriter begin(TerminalAddress address, int messageId, int serial) {
        this.is2019 = address.is2019();
        this.serial = serial & 0xFFFF;
        this.size = 0;
        this.open = true;
        BigEndian.putU16(header, 0, messageId);
        int at = 4;
        if (is2019) {
            header[at++] = (byte) address.protocolVersion();
        }
        byte[] phone = address.rawPhone();
        System.arraycopy(phone, 0, header, at, phone.length);
        headerLength = at + phone.length + 2;
        return this;
    }

    /** Appends a BYTE. */
    public FrameWriter putU8(int value) {
        room(1);
        body[size++] = (byte) value;
        return this;
    }

    /** Appends a WORD. */
    public FrameWriter putU16(int value) {
        room(2);
        BigEndian.putU16(body, size, value);
        size += 2;
        return this;
    }

    /** Appends a DWORD. */
    public FrameWriter putU32(long value) {
        room(4);
        BigEndian.putI32(body, size, (int) value);
        size += 4;
        return this;
    }

    /** Appends raw bytes. */
    public FrameWriter putBytes(byte[] bytes) {
        return putBytes(bytes, 0, bytes.length);
    }

    /** Appends raw bytes. */
    public FrameWriter putBytes(byte[] bytes, int offset, int length) {
        room(length);
        System.arraycopy(bytes, offset, body, size, length);
        size += length;
        return this;
    }

    /** Appends a STRING (GBK) without padding; allocates. */
    public FrameWriter putText(String text) {
        return putBytes(Gbk.bytes(text));
    }

    /** Appends BYTE[width]: GBK text padded behind with 0x00. Text that does not fit is refused; allocates. */
    public FrameWriter putPadded(String text, int width) {
        byte[] bytes = Gbk.bytes(text);
        if (bytes.length > width) {
            throw new IllegalArgumentException("text too long for its field: width=" + width + " text=" + text);
        }
        putBytes(bytes);
        room(width - bytes.length);
        Arrays.fill(body, size, size + width - bytes.length, (byte) 0);
        size += width - bytes.length;
        return this;
    }

    /** Appends a STRING (GBK) behind its length in a BYTE; refuses more than 255 bytes; allocates. */
    public FrameWriter putShortText(String text) {
        byte[] bytes = Gbk.bytes(text);
        return putU8(Range.u8("length of the text", bytes.length)).putBytes(bytes);
    }

    /** Appends a STRING (GBK) behind its length in a WORD; refuses more than 65,535 bytes; allocates. */
    public FrameWriter putLongText(String text) {
        byte[] bytes = Gbk.bytes(text);
        return putU16(Range.u16("length of the text", bytes.length)).putBytes(bytes);
    }

    /** Appends BCD[width]; refuses anything but 2·width hex digits (terminals put letters there too). */
    public FrameWriter putBcd(String digits, int width) {
        if (digits.length() != 2 * width || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
            throw new IllegalArgumentException("the field holds " + 2 * width + " digits: digits=" + digits);
        }
        for (int i = 0; i < width; i++) {
            putU8(Integer.parseInt(digits, 2 * i, 2 * i + 2, 16));
        }
        return this;
    }

    /** Appends a time BCD[6] in GMT+8. */
    public FrameWriter putTime(long utcMillis) {
        room(DeviceTime.LENGTH);
        DeviceTime.put(body, size, utcMillis);
        size += DeviceTime.LENGTH;
        return this;
    }

    /** Body bytes so far: a mark for {@link #setU16} and {@link #setU8}. */
    public int size() {
        return size;
    }

    /** Overwrites a BYTE at a mark, for counts and lengths that are known only afterwards. */
    public FrameWriter setU8(int mark, int value) {
        body[mark] = (byte) value;
        return this;
    }

    /** Overwrites a WORD at a mark. */
    public FrameWriter setU16(int mark, int value) {
        BigEndian.putU16(body, mark, value);
        return this;
    }

    /**
     * Writes the message to {@code out}: one frame, or several if the body is longer than one package holds.
     *
     * @return frames written = serials used, at least 1
     */
    public int end(ByteBuf out) {
        if (!open) {
            throw new IllegalStateException("end without begin");
        }
        open = false;
        int total = packages();
        if (total > 0xFFFF) {
            throw new IllegalArgumentException("more packages than a WORD counts: total=" + total);
        }
        if (total == 1) {
            writeFrame(out, serial, 0, 0, 0, size);
        } else {
            for (int number = 1; number <= total; number++) {
                writePackage(out, total, number);
            }
        }
        return total;
    }

    /** Frames that {@link #end} would write for the body so far, at least 1. */
    public int packages() {
        return size <= packageLimit ? 1 : (size + packageLimit - 1) / packageLimit;
    }

    /**
     * Writes some packages of a long message again, the same bytes as {@link #end} wrote; numbers that it does not have are left out.
     *
     * @return frames written, 0 for a message of one frame, which has no packages
     */
    public int endAgain(ByteBuf out, Collection<Integer> numbers) {
        if (!open) {
            throw new IllegalStateException("end without begin");
        }
        open = false;
        int total = packages();
        if (total == 1) {
            return 0;
        }
        int written = 0;
        for (int number : new TreeSet<>(numbers)) {
            if (number >= 1 && number <= total) {
                writePackage(out, total, number);
                written++;
            }
        }
        return written;
    }

    private void writePackage(ByteBuf out, int total, int number) {
        int from = (number - 1) * packageLimit;
        writeFrame(out, serial + number - 1, total, number, from, Math.min(packageLimit, size - from));
    }

    /** Writes one package whose body, serial, total and number the caller chose: a package sent again, or a crooked one. */
    public void endPackage(ByteBuf out, int total, int number) {
        if (!open || size > LONGEST_BODY) {
            throw new IllegalStateException("no open package of at most 1023 bytes: open=" + open + " size=" + size);
        }
        open = false;
        writeFrame(out, serial, total, number, 0, size);
    }

    /** Writes a frame of a header and a body that are there already: flags around them, escapes, and the checksum behind them. */
    public static void wrap(ByteBuf out, byte[] message, int offset, int length) {
        out.ensureWritable(2 * (length + 1) + 2);
        out.writeByte(FLAG);
        int xor = escape(out, message, offset, length);
        writeEscaped(out, (byte) xor);
        out.writeByte(FLAG);
    }

    /** Number 0 means: not sub-packaged. */
    private void writeFrame(ByteBuf out, int frameSerial, int total, int number, int from, int length) {
        int attributes = length | (is2019 ? BIT_2019 : 0) | (number > 0 ? BIT_PACKAGED : 0);
        BigEndian.putU16(header, 2, attributes);
        BigEndian.putU16(header, headerLength - 2, frameSerial);
        int headerBytes = headerLength;
        if (number > 0) {
            BigEndian.putU16(header, headerLength, total);
            BigEndian.putU16(header, headerLength + 2, number);
            headerBytes += 4;
        }
        out.ensureWritable(2 * (headerBytes + length + 1) + 2);
        out.writeByte(FLAG);
        int xor = escape(out, header, 0, headerBytes) ^ escape(out, body, from, length);
        writeEscaped(out, (byte) xor);
        out.writeByte(FLAG);
    }

    /** Writes with escapes, runs without them in one copy; returns the XOR of the bytes. */
    private static int escape(ByteBuf out, byte[] bytes, int offset, int length) {
        int xor = 0;
        int run = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            xor ^= b;
            if (b == FLAG || b == ESCAPE) {
                out.writeBytes(bytes, run, i - run);
                writeEscaped(out, b);
                run = i + 1;
            }
        }
        out.writeBytes(bytes, run, end - run);
        return xor;
    }

    private static void writeEscaped(ByteBuf out, byte b) {
        if (b == ESCAPE) {
            out.writeByte(ESCAPE).writeByte(1);
        } else if (b == FLAG) {
            out.writeByte(ESCAPE).writeByte(2);
        } else {
            out.writeByte(b);
        }
    }

    private void room(int bytes) {
        if (!open) {
            throw new IllegalStateException("body without begin");
        }
        if (size + bytes > body.length) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, size + bytes));
        }
    }
}
