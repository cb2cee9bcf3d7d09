package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.Canvas;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.PrintWords;

/** Alarms per 1,000 km, a bar a month, the last one in the colour of the report. */
final class MonthBars implements Folio.Drawing {
    static final float HEIGHT = 96;

    private static final float BELOW = 14;
    private static final float ABOVE = 14;
    private static final float WIDEST = 44;

    private final PrintWords words;
    private final JsonNode months;

    MonthBars(PrintWords words, JsonNode months) {
        this.words = words;
        this.months = months;
    }

    @Override
    public void on(Canvas canvas) {
        double top = 0;
        for (JsonNode month : months) {
            top = Math.max(top, month.get("alarms_per1000_km").asDouble());
        }
        float step = canvas.width() / months.size();
        float wide = Math.min(WIDEST, step * 0.6f);
        canvas.line(0, BELOW, canvas.width(), BELOW, Canvas.LINE, 0.5f);
        for (int i = 0; i < months.size(); i++) {
            JsonNode month = months.get(i);
            float middle = step * (i + 0.5f);
            canvas.middle(month.get("month").textValue(), middle, 4, Canvas.SECOND);
            JsonNode rate = month.get("alarms_per1000_km");
            if (rate.isNull()) {
                canvas.middle(words.text("report.no_value"), middle, BELOW + 4, Canvas.SECOND);
                continue;
            }
            float high = top == 0 ? 0 : (float) (rate.asDouble() / top * (HEIGHT - BELOW - ABOVE));
            canvas.box(
                    middle - wide / 2,
                    BELOW,
                    wide,
                    Math.max(0.6f, high),
                    i == months.size() - 1 ? Canvas.BRAND : Canvas.LINE);
            canvas.middle(ReportLines.rounded(rate, 1).toPlainString(), middle, BELOW + high + 3, Canvas.INK);
        }
    }
}
