package io.haulwatch.console.history;

import io.haulwatch.console.alarms.AlarmRow;
import java.util.ArrayList;
import java.util.List;

/** Writes a day as a file. All places are WGS84, as the terminals send them, and every file says so. */
interface DayFile {
    String contentType();

    /**
     * The file.
     *
     * @param alarms of the day, oldest first
     * @param stamp is written into it
     */
    byte[] bytes(String plate, DayHistory history, List<AlarmRow> alarms, Stamp stamp);

    /** The believed points, cut where nothing is known of the way between two. */
    static List<List<DayHistory.Point>> lines(List<DayHistory.Point> points) {
        List<List<DayHistory.Point>> lines = new ArrayList<>();
        List<DayHistory.Point> line = new ArrayList<>();
        boolean afterGap = false;
        for (DayHistory.Point point : points) {
            afterGap |= point.afterGap();
            if (point.doubtful()) {
                continue;
            }
            if (afterGap && !line.isEmpty()) {
                lines.add(line);
                line = new ArrayList<>();
            }
            afterGap = false;
            line.add(point);
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
