package io.haulwatch.simulator.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.simulator.terminal.Identity;
import io.haulwatch.simulator.truth.KnownRegister.Paper;
import io.haulwatch.simulator.world.Road;
import io.haulwatch.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sees each truck in each second, knows the register, and reads the law plainly. It looks at the world, not at reports: no receiver's
 * noise, no tunnel and no reporting interval comes between. Slow and obvious on purpose, because what is quick is compared with it.
 *
 * <p>A truck drives at 5 km/h or faster. Limits are those of its class, lower by night for dangerous goods, and of the zones in the
 * register file, at the truck's true place.
 */
public final class Observer {
    private static final int DAY = 86_400;
    /** Seconds that are looked at before the window, so that what began earlier is known, and after it, to see how it ends. */
    private static final int BEFORE = 36 * 3_600;

    private static final int AFTER = 12 * 3_600;
    /** Nobody speeds for longer than this before the window starts or after it ends. */
    private static final int SPEEDING_MARGIN = 2 * 3_600;

    private static final double DRIVING_KMH = 5;

    private final World world;
    private final KnownRegister register;
    private final Law law;
    private final Road.Place place = new Road.Place();

    /** @param register content of the register file that belongs to the world's fleet */
    public Observer(World world, JsonNode register, Law law) {
        this.world = world;
        this.register = new KnownRegister(register);
        this.law = law;
    }

    /** Driving without a stop that counts as one; seconds from the start of what is looked at, {@code to} exclusive. */
    private record Drive(int from, int to) {}

    /** The truck's episodes that begin in the window, by start. */
    public List<TrueEpisode> watch(Identity truck, Instant from, Instant to) {
        long first = from.getEpochSecond() - BEFORE;
        int length = Math.toIntExact(to.getEpochSecond() + AFTER - first);
        double[] speed = new double[length];
        for (int s = 0; s < length; s++) {
            speed[s] = world.speedKmh(truck.truck(), (first + s) * 1_000);
        }
        List<Drive> drives = drives(speed);
        List<TrueEpisode> found = new ArrayList<>();
        speeding(truck, first, speed, found);
        for (List<Drive> period : periods(drives)) {
            continuous(truck, first, period, found);
            night(truck, first, period, found);
            rolling(truck, first, period, drives, found);
        }
        for (Drive drive : drives) {
            papers(truck, first, drive, speed, found);
        }
        found.removeIf(
                episode -> episode.start().isBefore(from) || !episode.start().isBefore(to));
        found.sort(Comparator.comparing(TrueEpisode::start).thenComparing(TrueEpisode::kind));
        return found;
    }

    private void speeding(Identity truck, long first, double[] speed, List<TrueEpisode> found) {
        VehicleClass kind = world.fleet().vehicleClass(truck.truck());
        int own = Law.limitKmh(kind);
        int inForce = own;
        int before = own;
        int fellAt = Integer.MIN_VALUE / 2;
        int start = -1;
        int lastOver = -1;
        int peakAt = -1;
        int peakLimit = 0;
        boolean lasted = false;
        for (int s = BEFORE - SPEEDING_MARGIN; s < speed.length - AFTER + SPEEDING_MARGIN; s++) {
            int limit = inForce;
            if (speed[s] > 0) {
                world.place(truck.truck(), (first + s) * 1_000, place);
                limit = register.limitKmh(own, place.latitude(), place.longitude(), first + s);
                limit = Law.night(first + s) ? limit * Law.nightTenths(kind) / 10 : limit;
            }
            if (limit < inForce) {
                before = inForce;
                fellAt = s;
            }
            inForce = limit;
            int judgedBy = s - fellAt < law.graceSeconds() ? Math.max(limit, before) : limit;
            if (start >= 0 && s - lastOver > (lasted ? law.mergeSeconds() : 1)) {
                if (lasted) {
                    found.add(speeding(truck, first, start, lastOver, speed[peakAt], peakLimit));
                }
                start = -1;
                lasted = false;
            }
            if (speed[s] <= judgedBy) {
                continue;
            }
            if (start < 0) {
                start = s;
                peakAt = s;
                peakLimit = judgedBy;
            }
            lastOver = s;
            if (speed[s] > speed[peakAt]) {
                peakAt = s;
                peakLimit = judgedBy;
            }
            lasted |= s - start > law.speedingSeconds();
        }
    }

    private static TrueEpisode speeding(Identity truck, long first, int start, int end, double peak, int limit) {
        return episode(
                truck,
                "speeding",
                first + start,
                first + end,
                Map.of("limit_kmh", limit, "peak_kmh", Math.round(peak * 10) / 10.0));
    }

    /** Stretches of driving, with the stops that are too short to count. */
    private List<Drive> drives(double[] speed) {
        List<Drive> drives = new ArrayList<>();
        int from = -1;
        int lastMoving = -1;
        for (int s = 0; s < speed.length; s++) {
            if (speed[s] < DRIVING_KMH) {
                continue;
            }
            if (from >= 0 && s - lastMoving - 1 >= law.stopSeconds()) {
                drives.add(new Drive(from, lastMoving + 1));
                from = -1;
            }
            if (from < 0) {
                from = s;
            }
            lastMoving = s;
        }
        if (from >= 0) {
            drives.add(new Drive(from, lastMoving + 1));
        }
        return drives;
    }

    /** Drives with no rest between them. */
    private List<List<Drive>> periods(List<Drive> drives) {
        List<List<Drive>> periods = new ArrayList<>();
        for (Drive drive : drives) {
            boolean rested = periods.isEmpty()
                    || drive.from() - periods.getLast().getLast().to() >= law.restSeconds();
            if (rested) {
                periods.add(new ArrayList<>());
            }
            periods.getLast().add(drive);
        }
        return periods;
    }

    private void continuous(Identity truck, long first, List<Drive> period, List<TrueEpisode> found) {
        boolean clockRuns = Law.clockRunsInStops(world.fleet().vehicleClass(truck.truck()));
        int counter = 0;
        int crossed = -1;
        int last = period.getFirst().from();
        for (Drive drive : period) {
            counter += clockRuns ? drive.from() - last : 0;
            for (int s = drive.from(); s < drive.to(); s++) {
                counter++;
                if (crossed < 0 && counter > law.continuousSeconds()) {
                    crossed = s;
                }
            }
            last = drive.to();
        }
        if (crossed >= 0) {
            found.add(episode(truck, "fatigue", first + crossed, first + last, Map.of("driven_s", counter)));
        }
    }

    private void night(Identity truck, long first, List<Drive> period, List<TrueEpisode> found) {
        if (!Law.limitedByNight(world.fleet().vehicleClass(truck.truck()))) {
            return;
        }
        int counter = 0;
        int crossed = -1;
        for (Drive drive : period) {
            for (int s = drive.from(); s < drive.to(); s++) {
                counter += Law.night(first + s) ? 1 : 0;
                if (crossed < 0 && counter > law.nightSeconds()) {
                    crossed = s;
                }
            }
        }
        if (crossed >= 0) {
            long end = first + period.getLast().to();
            found.add(episode(truck, "fatigue_night", first + crossed, end, Map.of("driven_s", counter)));
        }
    }

    private void rolling(Identity truck, long first, List<Drive> period, List<Drive> drives, List<TrueEpisode> found) {
        int most = 0;
        int crossed = -1;
        for (Drive drive : period) {
            for (int s = drive.from(); s < drive.to(); s++) {
                int sum = 0;
                for (Drive any : drives) {
                    sum += Math.max(0, Math.min(any.to(), s + 1) - Math.max(any.from(), s + 1 - DAY));
                }
                most = Math.max(most, sum);
                if (crossed < 0 && sum > law.daySeconds()) {
                    crossed = s;
                }
            }
        }
        if (crossed >= 0) {
            long end = first + period.getLast().to();
            found.add(episode(truck, "cum24", first + crossed, end, Map.of("driven_s", most)));
        }
    }

    private void papers(Identity truck, long first, Drive drive, double[] speed, List<TrueEpisode> found) {
        Map<String, Object> overdue = new TreeMap<>();
        long from = Long.MAX_VALUE;
        for (Paper paper : register.papers(truck.plate())) {
            if (paper.overdueFrom() < first + drive.to()) {
                from = Math.min(from, Math.max(paper.overdueFrom(), first + drive.from()));
                overdue.put(paper.kind(), paper.lastDay().toString());
            }
        }
        if (overdue.isEmpty()) {
            return;
        }
        double metres = 0;
        for (int s = (int) (from - first); s < drive.to(); s++) {
            metres += speed[s] / 3.6;
        }
        if (metres > law.papersMetres()) {
            found.add(episode(
                    truck,
                    "papers",
                    from,
                    first + drive.to(),
                    Map.of("papers", overdue, "driven_m", Math.round(metres))));
        }
    }

    private static TrueEpisode episode(Identity truck, String kind, long start, long end, Map<String, Object> because) {
        return new TrueEpisode(
                truck.truck(),
                truck.phone(),
                truck.plate(),
                kind,
                Instant.ofEpochSecond(start),
                Instant.ofEpochSecond(end),
                new TreeMap<>(because));
    }
}
