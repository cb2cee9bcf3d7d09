package io.haulwatch.jt808.parameter;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.AlarmFlag;
import io.haulwatch.jt808.message.Tree;
import io.haulwatch.jt808.parameter.ParameterKind.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter: id DWORD, length BYTE, value. A parameter with several values is sent as several with the same id.
 *
 * @param id as in {@link ParameterKind}, or any other
 * @param value in the type of the table; raw for ids outside it and lengths that are not its own
 */
public record Parameter(long id, ParameterValue value) {
    private static final int HEAD = 5;
    private static final int LONGEST = 255;
    private static final int MOST = 255;

    /** Refuses a value in another type than the table has for the id. Raw bytes are always possible: terminals send lengths of their own. */
    public Parameter {
        Range.u32("id", id);
        ParameterKind kind = ParameterKind.of(id);
        boolean fits = switch (value) {
            case ParameterValue.Raw raw -> true;
            case ParameterValue.Unsigned number ->
                kind == null || (kind.form().isNumber() && kind.form().length() == number.width());
            case ParameterValue.Text text -> kind == null || kind.form() == Form.STRING;
            case ParameterValue.ForbiddenHours hours -> kind != null && kind.form() == Form.FORBIDDEN_HOURS;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "the parameter has another type: id=" + Tree.hex(id, 4) + " value=" + value);
        }
    }

    /** A number in the width that the table has for the id; refuses ids that hold no number. */
    public static Parameter number(long id, long value) {
        ParameterKind kind = ParameterKind.of(id);
        if (kind == null || !kind.form().isNumber()) {
            throw new IllegalArgumentException("the table has no number here: id=" + Tree.hex(id, 4));
        }
        return new Parameter(id, new ParameterValue.Unsigned(kind.form().length(), value));
    }

    /** A text; refuses ids that hold none. */
    public static Parameter text(long id, String value) {
        return new Parameter(id, new ParameterValue.Text(value));
    }

    /** One parameter; null, with nothing read, if it is not all there. */
    static @Nullable Parameter read(BodyReader in) {
        if (!in.has(HEAD) || !in.has(HEAD + in.peekU8(4))) {
            return null;
        }
        long id = in.u32();
        int length = in.u8();
        return new Parameter(id, value(ParameterKind.of(id), in, length));
    }

    static void putAll(FrameWriter writer, List<Parameter> parameters) {
        writer.putU8(Range.of("parameters", parameters.size(), 0, MOST));
        for (Parameter parameter : parameters) {
            parameter.put(writer);
        }
    }

    void describe(Tree tree) {
        ParameterKind kind = ParameterKind.of(id);
        tree.put("id", Tree.hex(id, 4)).put("name", kind == null ? "unknown" : kind.name());
        if (kind != null) {
            tree.put("term", kind.term());
        }
        switch (value) {
            case ParameterValue.Unsigned number -> describe(number.value(), kind, tree);
            case ParameterValue.Text text -> tree.put("value", text.text());
            case ParameterValue.ForbiddenHours hours -> tree.put("value", hours.words());
            case ParameterValue.Raw raw -> tree.raw("raw", raw.bytes());
        }
    }

    private static void describe(long number, @Nullable ParameterKind kind, Tree tree) {
        switch (kind == null ? Form.DWORD : kind.form()) {
            case WORD_TENTHS, DWORD_TENTHS -> tree.tenths("value", number);
            case ALARM_MASK -> tree.put("value", AlarmFlag.names((int) number, tree.edition()));
            case GNSS_MODE -> tree.bits("value", number, "gps", "beidou", "glonass", "galileo");
            case COLLISION ->
                tree.branch(
                        "value",
                        number,
                        (word, inner) -> inner.put("time_ms", (word & 0xFF) * (tree.edition() == Edition.V2019 ? 1 : 4))
                                .tenths("acceleration_g", word >>> 8));
            default -> tree.put("value", number);
        }
    }

    private void put(FrameWriter writer) {
        writer.putU32(id);
        int mark = writer.size();
        value.put(writer.putU8(0));
        writer.setU8(mark, Range.of("length of " + Tree.hex(id, 4), writer.size() - mark - 1, 0, LONGEST));
    }

    private static ParameterValue value(@Nullable ParameterKind kind, BodyReader in, int length) {
        if (kind == null || (kind.form().length() >= 0 && kind.form().length() != length)) {
            return new ParameterValue.Raw(in.bytes(length));
        }
        return switch (kind.form()) {
            case BYTE, GNSS_MODE -> new ParameterValue.Unsigned(1, in.u8());
            case WORD, WORD_TENTHS, COLLISION -> new ParameterValue.Unsigned(2, in.u16());
            case DWORD, DWORD_TENTHS, ALARM_MASK -> new ParameterValue.Unsigned(4, in.u32());
            case STRING -> new ParameterValue.Text(in.text(length));
            case FORBIDDEN_HOURS -> new ParameterValue.ForbiddenHours(in.u8(), in.u8(), in.u8(), in.u8());
            case CAN_ID, VENDOR -> new ParameterValue.Raw(in.bytes(length));
        };
    }
}
