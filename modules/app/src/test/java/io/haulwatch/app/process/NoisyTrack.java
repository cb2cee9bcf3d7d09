package io.haulwatch.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What a real receiver said on its way through a city, as a list of fixes with nothing taken out. */
final class NoisyTrack {
    /** A longer pause is cut to this. */
    static final long LONGEST_PAUSE_MILLIS = 600_000;

    private static final double EARTH_RADIUS_METRES = 6_371_008.8;
    private static final int WIRE_SPEED_MAX = 0xFFFF;

    private NoisyTrack() {}

    /** One fix. @param speedDeciKmh 0.1 km/h as the wire carries it */
    record Fix(long deviceMillis, int latitudeMicrodeg, int longitudeMicrodeg, int speedDeciKmh) {
        /** Speed over the way from {@code before} to here, km/h. */
        double impliedKmh(Fix before) {
            return metres(before, this) * 3_600 / (deviceMillis - before.deviceMillis);
        }
    }

    /**
     * Reads {@code lat,lng,datetime,uid} for each user, in the order of the file, moved in time so that the last fix is at {@code
     * endMillis}. The file has no speeds: each fix reports what the way from the one before implies, as far as the field of 0x0200 can say it.
     */
    static Map<String, List<Fix>> read(Path file, long endMillis) throws IOException {
        Map<String, List<Fix>> raw = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            if (!"lat,lng,datetime,uid".equals(line)) {
                throw new IOException("other columns than expected: " + line);
            }
            while ((line = lines.readLine()) != null) {
                String[] cells = line.split(",", -1);
                raw.computeIfAbsent(cells[3], user -> new ArrayList<>())
                        .add(new Fix(
                                Instant.parse(cells[2].replace(' ', 'T') + "Z").toEpochMilli(),
                                microdeg(cells[0]),
                                microdeg(cells[1]),
                                0));
            }
        }
        raw.replaceAll((user, fixes) -> retimed(fixes, endMillis));
        return raw;
    }

    private static List<Fix> retimed(List<Fix> raw, long endMillis) {
        long[] times = new long[raw.size()];
        for (int i = 1; i < times.length; i++) {
            long step = raw.get(i).deviceMillis - raw.get(i - 1).deviceMillis;
            times[i] = times[i - 1] + Math.min(step, LONGEST_PAUSE_MILLIS);
        }
        long shift = endMillis - times[times.length - 1];
        List<Fix> fixes = new ArrayList<>(times.length);
        for (int i = 0; i < times.length; i++) {
            Fix at = raw.get(i);
            Fix fix = new Fix(times[i] + shift, at.latitudeMicrodeg, at.longitudeMicrodeg, 0);
            // Of two fixes of one second nothing can be implied: the later one goes on with the speed before.
            int speed = i == 0
                    ? 0
                    : times[i] == times[i - 1]
                            ? fixes.get(i - 1).speedDeciKmh
                            : (int) Math.min(WIRE_SPEED_MAX, Math.round(10 * fix.impliedKmh(fixes.get(i - 1))));
            fixes.add(new Fix(fix.deviceMillis, fix.latitudeMicrodeg, fix.longitudeMicrodeg, speed));
        }
        return List.copyOf(fixes);
    }

    private static int microdeg(String degrees) {
        return (int) Math.round(Double.parseDouble(degrees) * 1e6);
    }

    /** Great-circle distance. */
    static double metres(Fix a, Fix b) {
        double phiA = Math.toRadians(a.latitudeMicrodeg / 1e6);
        double phiB = Math.toRadians(b.latitudeMicrodeg / 1e6);
        double sinPhi = Math.sin((phiB - phiA) / 2);
        double sinLambda = Math.sin(Math.toRadians((b.longitudeMicrodeg - a.longitudeMicrodeg) / 1e6) / 2);
        double half = sinPhi * sinPhi + Math.cos(phiA) * Math.cos(phiB) * sinLambda * sinLambda;
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(half));
    }
}
