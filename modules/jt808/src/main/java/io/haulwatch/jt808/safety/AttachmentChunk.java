package io.haulwatch.jt808.safety;

import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.field.Range;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of a file on the attachment server's connection: no frame, no flags, no answer. Head of 62 bytes, then the data.
 *
 * @param name name of the file, at most 50 bytes
 * @param offset first byte in the file
 * @param data at most 64 KiB
 */
public record AttachmentChunk(String name, long offset, Bytes data) {
    /** What a chunk begins with, "01cd"; a frame begins with 0x7E. */
    public static final int MAGIC = 0x30316364;
    /** Bytes before the data. */
    public static final int HEAD = 62;

    private static final int NAME = 50;

    /**
     * Length of the chunk that begins here, head included.
     *
     * @return −1 if the head is not all there yet, 0 if no chunk begins here
     */
    public static long length(BodyReader in) {
        if (!in.has(HEAD)) {
            return -1;
        }
        return in.peekU32(0) == MAGIC ? HEAD + in.peekU32(HEAD - 4) : 0;
    }

    /** Reads a chunk; null if it is no chunk or not all there. */
    public static @Nullable AttachmentChunk read(BodyReader in) {
        long length = length(in);
        if (length <= 0 || length > in.left()) {
            return null;
        }
        in.skip(4);
        return new AttachmentChunk(in.text(NAME), in.u32(), in.bytes((int) in.u32()));
    }

    /** The chunk as bytes of the stream; refuses a name that is too long. */
    public byte[] toArray() {
        byte[] text = Gbk.bytes(name);
        if (text.length > NAME) {
            throw new IllegalArgumentException("a name has at most 50 bytes: name=" + name);
        }
        byte[] bytes = new byte[HEAD + data.size()];
        BigEndian.putI32(bytes, 0, MAGIC);
        System.arraycopy(text, 0, bytes, 4, text.length);
        BigEndian.putI32(bytes, HEAD - 8, (int) Range.u32("offset", offset));
        BigEndian.putI32(bytes, HEAD - 4, data.size());
        System.arraycopy(data.toArray(), 0, bytes, HEAD, data.size());
        return bytes;
    }
}
