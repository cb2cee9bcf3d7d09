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
 * Parameters of the terminal (查询终端参数应答, 0x0104), the answer to 0x8104 and 0x8106.
 *
 * @param serial serial of the query
 * @param parameters at most 255
 */
public record ParameterAnswer(int serial, List<Parameter> parameters) implements MessageBody {
    /** Copies the parameters. */
    public ParameterAnswer {
        parameters = List.copyOf(parameters);
    }

    /** Reads a body; null if even the count is missing. */
    public static @Nullable ParameterAnswer read(BodyReader in) {
        return in.has(3) ? new ParameterAnswer(in.u16(), in.list(in.u8(), Parameter::read)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        Parameter.putAll(writer.putU16(Range.u16("serial", serial)), parameters);
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial).list("parameters", parameters, Parameter::describe);
    }
}
