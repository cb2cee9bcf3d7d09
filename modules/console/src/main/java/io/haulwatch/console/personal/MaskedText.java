package io.haulwatch.console.personal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes a text of a driver's person as far as the sight allows that the writer carries. */
abstract class MaskedText extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    MaskedText() {
        super(String.class);
    }

    abstract String masked(String text);

    @Override
    public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
        boolean personal = !(out.currentValue() instanceof OfSomebody row) || row.isOfDriver();
        boolean seen = provider.getAttribute(Sight.class) instanceof Sight sight && sight.drivers();
        out.writeString(personal && !seen ? masked(text) : text);
    }

    /** Of names. */
    static final class OfName extends MaskedText {
        private static final long serialVersionUID = 1L;

        @Override
        String masked(String text) {
            return Sight.maskedName(text);
        }
    }

    /** Of numbers. */
    static final class OfNumber extends MaskedText {
        private static final long serialVersionUID = 1L;

        @Override
        String masked(String text) {
            return Sight.maskedNumber(text);
        }
    }
}
