package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.Canvas;
import io.haulwatch.console.print.Canvas.Spot;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.PrintWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where the truck was, north up, with a scale; the alarm's part in red. No map is under it. */
final class TrackDrawing implements Folio.Drawing {
    static final float HEIGHT = 150;

    private static final float MARGIN = 14;
    private static final double METRES_PER_DEGREE = 111_320;
    private static final double LEAST_METRES = 50;
    private static final double[] SCALES = {
        10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000
    };
    private static final float LONGEST_SCALE = 90;

    private final PrintWords words;
    private final JsonNode alarm;
    private final JsonNode track;

    TrackDrawing(PrintWords words, JsonNode alarm) {
        this.words = words;
        this.alarm = alarm;
        this.track = alarm.get("track");
    }

    @Override
    public void on(Canvas canvas) {
        int points = track.get("t_ms").size();
        double south = Double.MAX_VALUE;
        double north = -Double.MAX_VALUE;
        double west = Double.MAX_VALUE;
        double east = -Double.MAX_VALUE;
        for (int i = 0; i < points; i++) {
            double lat = track.get("lat").get(i).asInt() / 1e6;
            double lon = track.get("lon").get(i).asInt() / 1e6;
            south = Math.min(south, lat);
            north = Math.max(north, lat);
            west = Math.min(west, lon);
            east = Math.max(east, lon);
        }
        double narrowing = Math.cos(Math.toRadians((south + north) / 2));
        double wide = Math.max(LEAST_METRES, (east - west) * METRES_PER_DEGREE * narrowing);
        double high = Math.max(LEAST_METRES, (north - south) * METRES_PER_DEGREE);
        double scale = Math.min((canvas.width() - 2 * MARGIN) / wide, (canvas.height() - 2 * MARGIN) / high);
        double midLon = (east + west) / 2;
        double midLat = (south + north) / 2;
        canvas.box(0, 0, canvas.width(), canvas.height(), Canvas.SHADE);
        long began = Instant.parse(alarm.get("started_at").asText()).toEpochMilli();
        long ended = Instant.parse(alarm.get("ended_at").asText()).toEpochMilli();
        List<Spot> all = new ArrayList<>();
        List<Spot> during = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            double lat = track.get("lat").get(i).asInt() / 1e6;
            double lon = track.get("lon").get(i).asInt() / 1e6;
            Spot spot = new Spot(
                    (float) (canvas.width() / 2 + (lon - midLon) * METRES_PER_DEGREE * narrowing * scale),
                    (float) (canvas.height() / 2 + (lat - midLat) * METRES_PER_DEGREE * scale));
            all.add(spot);
            long at = track.get("t_ms").get(i).asLong();
            if (at >= began && at <= ended) {
                during.add(spot);
            }
        }
        canvas.path(all, Canvas.SECOND, 1);
        canvas.path(during, Canvas.ALARM, 2);
        mark(canvas, all.getFirst(), "card.track_first", false);
        mark(canvas, all.getLast(), "card.track_last", false);
        if (!during.isEmpty()) {
            mark(canvas, during.getFirst(), "card.track_start", true);
        }
        scale(canvas, scale);
        canvas.middle(words.text("card.north"), canvas.width() - 12, canvas.height() - 12, Canvas.SECOND);
    }

    private void mark(Canvas canvas, Spot spot, String key, boolean alarmed) {
        canvas.dot(spot.x(), spot.y(), alarmed ? 3 : 2.2f, alarmed ? Canvas.ALARM : Canvas.SECOND);
        String text = words.text(key);
        boolean fits = spot.x() + 6 + canvas.wide(text) < canvas.width();
        float y = Math.clamp(spot.y() + (alarmed ? 4 : -8), 3, canvas.height() - 9);
        if (fits) {
            canvas.left(text, spot.x() + 5, y, alarmed ? Canvas.ALARM : Canvas.SECOND);
        } else {
            canvas.right(text, spot.x() - 5, y, alarmed ? Canvas.ALARM : Canvas.SECOND);
        }
    }

    private void scale(Canvas canvas, double pointsPerMetre) {
        double metres = SCALES[0];
        for (double each : SCALES) {
            if (each * pointsPerMetre <= LONGEST_SCALE) {
                metres = each;
            }
        }
        float length = (float) (metres * pointsPerMetre);
        canvas.line(8, 8, 8 + length, 8, Canvas.INK, 1.2f);
        canvas.left(metres >= 1_000 ? (int) (metres / 1_000) + " km" : (int) metres + " m", 8, 11, Canvas.INK);
    }
}
