package io.haulwatch.app.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.port.ParameterBook;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.parameter.ParameterKind;
import io.haulwatch.jt808.parameter.ParameterKind.Form;
import io.haulwatch.jt808.parameter.ParameterValue;
import java.util.ArrayList;
import java.util.List;

/** Parameters of terminals as tables and pages hold them: a number as on the wire, a text, or an object with the raw bytes in hex. */
final class ParameterJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ParameterJson() {}

    /** The table of the standard, for pages. */
    static ParameterBook book() {
        List<ParameterBook.Kind> kinds = ParameterKind.table().stream()
                .map(kind -> new ParameterBook.Kind(
                        kind.id(),
                        kind.name(),
                        kind.term(),
                        kind.form().isNumber() ? kind.form().length() : 0,
                        kind.form() == Form.STRING,
                        kind.form() == Form.WORD_TENTHS || kind.form() == Form.DWORD_TENTHS,
                        Integer.parseInt(kind.since().year())))
                .toList();
        return () -> kinds;
    }

    /** Reads what {@link #write} writes. */
    static List<Parameter> read(JsonNode parameters) {
        List<Parameter> read = new ArrayList<>();
        for (JsonNode each : parameters) {
            long id = each.path("id").longValue();
            JsonNode value = each.path("value");
            read.add(
                    value.isTextual()
                            ? Parameter.text(id, value.textValue())
                            : Parameter.number(id, value.longValue()));
        }
        return read;
    }

    static ArrayNode write(List<Parameter> parameters) {
        ArrayNode written = JSON.createArrayNode();
        for (Parameter each : parameters) {
            ObjectNode one = written.addObject().put("id", each.id());
            switch (each.value()) {
                case ParameterValue.Unsigned number -> one.put("value", number.value());
                case ParameterValue.Text text -> one.put("value", text.text());
                case ParameterValue.ForbiddenHours hours -> one.put("value", hours.words());
                case ParameterValue.Raw raw ->
                    one.putObject("value").put("raw", raw.bytes().hex());
            }
        }
        return written;
    }
}
