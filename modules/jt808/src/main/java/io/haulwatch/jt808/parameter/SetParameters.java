package io.haulwatch.jt808.parameter;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set parameters (设置终端参数, 0x8103). A pre-print of 2011 has one more count byte here; the printed standard has not (section 13).
 *
 * @param parameters at most 255
 */
public record SetParameters(List<Parameter> parameters) implements MessageBody {
    /** Copies the parameters. */
    public SetParameters {
        parameters = List.copyOf(parameters);
    }

    /** Reads a body; null if even the count is missing. */
    public static @Nullable SetParameters read(BodyReader in) {
        return in.has(1) ? new SetParameters(in.list(in.u8(), Parameter::read)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        Parameter.putAll(writer, parameters);
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.list("parameters", parameters, Parameter::describe);
    }
}
