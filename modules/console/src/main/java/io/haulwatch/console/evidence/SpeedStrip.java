package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.Canvas;
import io.haulwatch.console.print.Canvas.Spot;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.PrintWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Speed against the limit over the time of an alarm and five minutes either side. */
final class SpeedStrip implements Folio.Drawing {
    static final float HEIGHT = 130;

    private static final float LEFT = 26;
    private static final float RIGHT = 8;
    private static final float BELOW = 16;
    private static final float ABOVE = 12;
    private static final int STEP_KMH = 20;
    private static final int LEAST_TOP_KMH = 60;
    private static final int TIMES = 6;
    /** Fixes that lie farther apart are not joined by a line. */
    private static final long GAP_MILLIS = 120_000;

    private final PrintWords words;
    private final JsonNode alarm;
    private final long from;
    private final long to;
    private final int topKmh;

    SpeedStrip(PrintWords words, JsonNode alarm) {
        this.words = words;
        this.alarm = alarm;
        JsonNode strip = alarm.get("strip");
        from = millis(strip.get("from"));
        to = Math.max(from + 1, millis(strip.get("to")));
        int top = LEAST_TOP_KMH;
        for (JsonNode speed : strip.get("speed")) {
            top = Math.max(top, speed.asInt() / 10);
        }
        for (JsonNode limit : strip.get("limit_segments")) {
            top = Math.max(top, limit.get("limit_kmh").asInt());
        }
        topKmh = (top / STEP_KMH + 1) * STEP_KMH;
    }

    private static long millis(JsonNode moment) {
        return Instant.parse(moment.asText()).toEpochMilli();
    }

    @Override
    public void on(Canvas canvas) {
        long began = millis(alarm.get("started_at"));
        long ended = Math.max(began, millis(alarm.get("ended_at")));
        float x = x(canvas, began);
        canvas.box(x, BELOW, Math.max(1, x(canvas, ended) - x), canvas.height() - BELOW - ABOVE, Canvas.ALARM_SHADE);
        for (int kmh = 0; kmh <= topKmh; kmh += STEP_KMH) {
            float y = y(canvas, kmh * 10);
            canvas.line(LEFT, y, canvas.width() - RIGHT, y, Canvas.LINE, 0.3f);
            canvas.right(Integer.toString(kmh), LEFT - 4, y - 2.5f, Canvas.SECOND);
        }
        canvas.left("km/h", 0, canvas.height() - 7, Canvas.SECOND);
        for (int i = 0; i < TIMES; i++) {
            long at = from + (to - from) * i / (TIMES - 1);
            String clock = words.clock(at);
            float place = x(canvas, at);
            if (i == 0) {
                canvas.left(clock, place, 4, Canvas.SECOND);
            } else if (i == TIMES - 1) {
                canvas.right(clock, place, 4, Canvas.SECOND);
            } else {
                canvas.middle(clock, place, 4, Canvas.SECOND);
            }
        }
        speeds(canvas);
        for (JsonNode limit : alarm.get("strip").get("limit_segments")) {
            float y = y(canvas, (int) Math.round(limit.get("limit_kmh").asDouble() * 10));
            canvas.dashes(
                    x(canvas, millis(limit.get("from"))), y, x(canvas, millis(limit.get("to"))), y, Canvas.ALARM, 1);
            canvas.left(
                    words.text(
                            "card.limit_line",
                            "kmh",
                            PrintWords.kmh(Math.round(limit.get("limit_kmh").asDouble() * 10))),
                    LEFT + 3,
                    y + 2,
                    Canvas.ALARM);
        }
    }

    private void speeds(Canvas canvas) {
        JsonNode strip = alarm.get("strip");
        List<Spot> line = new ArrayList<>();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < strip.get("t_ms").size(); i++) {
            long at = strip.get("t_ms").get(i).asLong();
            if (before != Long.MIN_VALUE && at - before > GAP_MILLIS) {
                canvas.path(line, Canvas.BRAND, 1);
                line.clear();
            }
            line.add(new Spot(x(canvas, at), y(canvas, strip.get("speed").get(i).asInt())));
            before = at;
        }
        canvas.path(line, Canvas.BRAND, 1);
    }

    private float x(Canvas canvas, long at) {
        double part = (double) (Math.clamp(at, from, to) - from) / (to - from);
        return (float) (LEFT + part * (canvas.width() - LEFT - RIGHT));
    }

    private float y(Canvas canvas, int deciKmh) {
        return BELOW + deciKmh / 10f / topKmh * (canvas.height() - BELOW - ABOVE);
    }
}
