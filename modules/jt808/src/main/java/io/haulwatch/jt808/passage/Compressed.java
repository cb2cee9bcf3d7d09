package io.haulwatch.jt808.passage;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A compressed message (数据压缩上报, 0x0901).
 *
 * @param gzip GZIP of one message
 */
public record Compressed(Bytes gzip) implements MessageBody {
    /** Reads a body; null if even the length is missing. */
    public static @Nullable Compressed read(BodyReader in) {
        return in.has(4) ? new Compressed(in.bytes((int) Math.min(in.u32(), Integer.MAX_VALUE))) : null;
    }

    /**
     * The message inside.
     *
     * @param limit bytes that it may have: a few bytes can unfold into gigabytes
     * @return null if it is no GZIP, is cut, or unfolds beyond the limit
     */
    public @Nullable Bytes inflate(int limit) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.toArray()))) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? null : Bytes.of(bytes);
        } catch (IOException noGzip) {
            return null;
        }
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU32(gzip.size()).putBytes(gzip.toArray());
    }

    @Override
    public void describe(Tree tree) {
        tree.put("gzip_bytes", gzip.size()).raw("gzip", gzip);
    }
}
