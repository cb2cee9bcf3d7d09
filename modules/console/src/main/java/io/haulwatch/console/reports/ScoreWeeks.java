package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.Canvas;
import io.haulwatch.console.print.Canvas.Spot;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.PrintWords;
import java.util.ArrayList;
import java.util.List;

/** The risk score of twelve weeks, with the middle half of the companies of its size behind it; a week without a score breaks the line. */
final class ScoreWeeks implements Folio.Drawing {
    static final float HEIGHT = 120;

    private static final float LEFT = 22;
    private static final float RIGHT = 14;
    private static final float BELOW = 26;
    private static final float ABOVE = 6;
    private static final int STEP = 25;
    private static final int WORST = 100;
    private static final int MONTH_DAY = 5;

    private final PrintWords words;
    private final JsonNode weeks;

    ScoreWeeks(PrintWords words, JsonNode weeks) {
        this.words = words;
        this.weeks = weeks;
    }

    @Override
    public void on(Canvas canvas) {
        for (int score = 0; score <= WORST; score += STEP) {
            float y = y(score);
            canvas.line(LEFT, y, canvas.width() - RIGHT, y, Canvas.LINE, 0.3f);
            canvas.right(Integer.toString(score), LEFT - 4, y - 2.5f, Canvas.SECOND);
        }
        float half = (canvas.width() - LEFT - RIGHT) / weeks.size() / 2;
        for (int i = 0; i < weeks.size(); i++) {
            JsonNode week = weeks.get(i);
            float x = x(canvas, i);
            canvas.middle(week.get("day").textValue().substring(MONTH_DAY), x, BELOW - 9, Canvas.SECOND);
            if (!week.get("quarter").isNull() && !week.get("three_quarters").isNull()) {
                float low = y(week.get("quarter").asDouble());
                canvas.box(x - half, low, 2 * half, y(week.get("three_quarters").asDouble()) - low, Canvas.SHADE);
            }
            if (!week.get("median").isNull()) {
                float y = y(week.get("median").asDouble());
                canvas.line(x - half, y, x + half, y, Canvas.SECOND, 0.7f);
            }
        }
        List<Spot> line = new ArrayList<>();
        for (int i = 0; i < weeks.size(); i++) {
            JsonNode score = weeks.get(i).get("score");
            if (score.isNull()) {
                canvas.path(line, Canvas.BRAND, 1.4f);
                line.clear();
                continue;
            }
            Spot spot = new Spot(x(canvas, i), y(score.asDouble()));
            canvas.dot(spot.x(), spot.y(), 1.8f, Canvas.BRAND);
            line.add(spot);
        }
        canvas.path(line, Canvas.BRAND, 1.4f);
        canvas.left(words.text("report.weeks_legend"), LEFT, 3, Canvas.SECOND);
    }

    private float x(Canvas canvas, int week) {
        return LEFT + (canvas.width() - LEFT - RIGHT) * (week + 0.5f) / weeks.size();
    }

    private static float y(double score) {
        return (float) (BELOW + score / WORST * (HEIGHT - BELOW - ABOVE));
    }
}
