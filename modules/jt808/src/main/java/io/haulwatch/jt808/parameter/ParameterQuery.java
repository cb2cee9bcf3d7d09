package io.haulwatch.jt808.parameter;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Query of given parameters (查询指定终端参数, 0x8106), 2013 and 2019. Sent to a 2011 terminal too: it says by itself that it does not know it.
 *
 * @param ids at most 255
 */
public record ParameterQuery(List<Long> ids) implements MessageBody {
    /** Copies the ids. */
    public ParameterQuery {
        ids = List.copyOf(ids);
    }

    /** Reads a body; null if even the count is missing. */
    public static @Nullable ParameterQuery read(BodyReader in) {
        return in.has(1) ? new ParameterQuery(in.list(in.u8(), rest -> rest.has(4) ? rest.u32() : null)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("ids", ids.size()));
        for (long id : ids) {
            writer.putU32(Range.u32("id", id));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.list("parameters", ids, (id, inner) -> {
            ParameterKind kind = ParameterKind.of(id);
            inner.put("id", Tree.hex(id, 4)).put("name", kind == null ? "unknown" : kind.name());
            if (kind != null) {
                inner.put("term", kind.term());
            }
        });
    }
}
