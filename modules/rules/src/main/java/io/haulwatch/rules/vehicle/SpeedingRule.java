package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.GRACE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.GRACE_LIMIT;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LIMIT;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NEAR_LAST;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NEAR_SINCE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NONE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.PROMPTED;
import static io.haulwatch.rules.vehicle.VehicleBlocks.PROMPT_OF_RUN;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SPEEDING;

import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.profile.SpeedingProfile;
import io.haulwatch.rules.vehicle.Stretch.Phase;

/**
 * Speeding (超速): above the limit in force for longer than {@code min_duration_s}. Source: {@code docs/rules/speeding.md}, with the life of
 * an episode and where each number comes from.
 */
final class SpeedingRule {
    static final String BY_LIMIT = "limit";
    static final String BY_GAP = "gap";
    static final String BY_QUALITY = "quality";
    static final String BY_SILENCE = "silence";
    static final String BY_SPLIT = "split";

    /** With the ignition off, speeds of a truck that is carried: ferry, low-loader, 0.1 km/h. */
    private static final int CARRIED_FROM = 200;

    private static final int CARRIED_TO = 900;

    private final VehicleBlocks blocks;
    private final StretchPool pool;
    private final Limits limits;
    private final SpeedingReport report;

    SpeedingRule(VehicleBlocks blocks, StretchPool pool, Limits limits, SpeedingReport report) {
        this.blocks = blocks;
        this.pool = pool;
        this.limits = limits;
        this.report = report;
    }

    /** Limit that a good fix is judged by, 0.1 km/h: the one in force, or for a while still the old one. Leaves the rest in limits. */
    int judgedLimit(Fix fix) {
        limits.at(fix);
        long[] words = blocks.words;
        SpeedingProfile profile = fix.rules.speeding();
        int now = limits.limit;
        int before = LIMIT.get(words, fix.base);
        if (before == 0 || fix.broken(profile.maxPointGapMillis())) {
            LIMIT.set(words, fix.base, now);
            GRACE_LIMIT.set(words, fix.base, 0);
            return now;
        }
        if (now != before) {
            LIMIT.set(words, fix.base, now);
            if (now < before) {
                GRACE_LIMIT.set(words, fix.base, before);
                GRACE.set(words, fix.base, fix.time);
            }
        }
        int grace = GRACE_LIMIT.get(words, fix.base);
        if (grace == 0) {
            return now;
        }
        if (now >= grace || fix.time - GRACE.get(words, fix.base) >= profile.graceMillis()) {
            GRACE_LIMIT.set(words, fix.base, 0);
            return now;
        }
        return grace;
    }

    /** Takes a good fix in. */
    void step(Fix fix, int limit) {
        SpeedingProfile profile = fix.rules.speeding();
        int handle = SPEEDING.get(blocks.words, fix.base);
        if (handle != 0 && fix.broken(profile.maxPointGapMillis())) {
            breakOff(fix, BY_GAP);
            handle = 0;
        }
        boolean over = over(fix, profile, limit);
        if (handle != 0) {
            follow(fix, pool.get(handle), profile, limit, over);
        } else if (over) {
            begin(fix, limit);
        }
        prompt(fix, profile, limit);
    }

    /** A fix was not believed; the second in a row ends what is open at its last good point. A prompt waits for believed fixes alone. */
    void doubt(Fix fix, int doubtsInARow) {
        long[] words = blocks.words;
        // Once given, the prompt stays known until the run is over: an episode with the same first instant follows its
        // number.
        if (NEAR_SINCE.get(words, fix.base) != NONE && (doubtsInARow >= 2 || !PROMPT_OF_RUN.isSet(words, fix.base))) {
            NEAR_SINCE.set(words, fix.base, NONE);
        }
        int handle = SPEEDING.get(words, fix.base);
        if (handle == 0) {
            return;
        }
        if (doubtsInARow >= 2) {
            breakOff(fix, BY_QUALITY);
        } else {
            pool.get(handle).doubtsSince++;
        }
    }

    /** Ends what is open because the vehicle is silent. Nothing is settled: the next fix decides. */
    void silence(int vehicleId, Stretch stretch) {
        if (stretch.toldOpen()) {
            report.end(vehicleId, stretch, BY_SILENCE);
        }
    }

    private static boolean over(Fix fix, SpeedingProfile profile, int limit) {
        int speed = fix.speed;
        if (!fix.ignition && speed >= CARRIED_FROM && speed <= CARRIED_TO) {
            return false;
        }
        return speed * 1000L > limit * (1000L + profile.tolPermille()) + profile.tolAbsDeciKmh() * 1000L;
    }

    private void begin(Fix fix, int limit) {
        Stretch stretch = pool.take();
        stretch.begin(Stretch.Owner.SPEEDING, fix);
        SPEEDING.set(blocks.words, fix.base, stretch.handle);
        point(fix, stretch, limit);
    }

    private void follow(Fix fix, Stretch stretch, SpeedingProfile profile, int limit, boolean over) {
        stretch.pass(fix);
        if (!over) {
            notOver(fix, stretch, profile);
            return;
        }
        if (stretch.phase == Phase.ENDING || stretch.phase == Phase.CLOSED) {
            if (fix.time - stretch.last > profile.mergeGapMillis()) {
                settle(fix, stretch, BY_LIMIT);
                begin(fix, limit);
                return;
            }
            stretch.earlierRuns += stretch.last - stretch.runStart;
            stretch.runStart = fix.time;
            stretch.phase = Phase.OPEN;
        }
        stretch.reach(fix);
        point(fix, stretch, limit);
        if (stretch.phase == Phase.CANDIDATE) {
            if (stretch.length() > profile.minDurationMillis()) {
                open(fix, stretch);
            }
        } else if (stretch.length() >= profile.maxEventMillis()) {
            settle(fix, stretch, BY_SPLIT);
            begin(fix, limit);
        } else if (stretch.toldEnd
                || fix.time - stretch.toldAt >= profile.continueMillis()
                || severity(fix, stretch) > stretch.toldSeverity) {
            report.open(fix.vehicleId, stretch, fix.time);
        }
    }

    private void open(Fix fix, Stretch stretch) {
        stretch.phase = Phase.OPEN;
        long[] words = blocks.words;
        if (PROMPT_OF_RUN.isSet(words, fix.base) && NEAR_SINCE.get(words, fix.base) == stretch.start) {
            // The prompt had the same first instant, so it was revision 1 of this very episode.
            stretch.revision = 1;
        }
        report.open(fix.vehicleId, stretch, fix.time);
    }

    private void notOver(Fix fix, Stretch stretch, SpeedingProfile profile) {
        switch (stretch.phase) {
            case CANDIDATE -> release(fix, stretch);
            case OPEN -> {
                stretch.phase = Phase.ENDING;
                stretch.notSince = fix.time;
                if (profile.endHoldMillis() == 0) {
                    end(fix, stretch);
                }
            }
            case ENDING -> {
                if (fix.time - stretch.notSince >= profile.endHoldMillis()) {
                    end(fix, stretch);
                }
            }
            case CLOSED -> {
                if (fix.time - stretch.last > profile.mergeGapMillis()) {
                    release(fix, stretch);
                }
            }
        }
    }

    private void end(Fix fix, Stretch stretch) {
        report.end(fix.vehicleId, stretch, BY_LIMIT);
        stretch.phase = Phase.CLOSED;
    }

    private void breakOff(Fix fix, String endedBy) {
        Stretch stretch = pool.get(SPEEDING.get(blocks.words, fix.base));
        settle(fix, stretch, stretch.phase == Phase.ENDING ? BY_LIMIT : endedBy);
    }

    /** Says how it ended, if it was open, and forgets it. */
    private void settle(Fix fix, Stretch stretch, String endedBy) {
        if (stretch.phase == Phase.OPEN || stretch.phase == Phase.ENDING) {
            report.end(fix.vehicleId, stretch, endedBy);
        }
        release(fix, stretch);
    }

    private void release(Fix fix, Stretch stretch) {
        SPEEDING.set(blocks.words, fix.base, 0);
        pool.giveBack(stretch);
    }

    private int severity(Fix fix, Stretch stretch) {
        return SpeedingReport.severity(
                        stretch,
                        fix.rules.vehicleClass() == VehicleClass.DANGEROUS_GOODS,
                        fix.rules.speeding().severityMillis())
                .level();
    }

    /** Takes an over point into the measures. */
    private void point(Fix fix, Stretch stretch, int limit) {
        stretch.school |= limits.school;
        if (fix.speed > stretch.peakSpeed) {
            stretch.peakSpeed = fix.speed;
            stretch.peak.take(fix);
        }
        long excess = (long) (fix.speed - limit) * stretch.worstLimit;
        if (stretch.worstLimit != 0 && excess <= (long) (stretch.worstSpeed - stretch.worstLimit) * limit) {
            return;
        }
        stretch.worstSpeed = fix.speed;
        stretch.worstLimit = limit;
        stretch.worstVehicleLimit = limits.vehicleLimit;
        stretch.worstNightLimit = limits.nightLimit;
        stretch.worstGraceLimit = limit > limits.limit ? limit : 0;
        stretch.worstZones = limits.zoneCount;
        for (int i = 0; i < limits.zoneCount; i++) {
            int zone = limits.zoneAt[i];
            stretch.worstZoneIds[i] = limits.zones().zone(zone).zoneId();
            stretch.worstZoneLimits[i] = limits.zones().limitDeciKmh(zone);
        }
    }

    /** One prompt a period near the limit; a period ends when it has not been near for the merge gap. */
    private void prompt(Fix fix, SpeedingProfile profile, int limit) {
        if (profile.prewarnMarginDeciKmh() == 0) {
            return;
        }
        long[] words = blocks.words;
        boolean near = fix.speed > limit - profile.prewarnMarginDeciKmh() && fix.ignition;
        if (!near) {
            if (NEAR_SINCE.get(words, fix.base) != NONE) {
                NEAR_SINCE.set(words, fix.base, NONE);
            }
            return;
        }
        boolean broken = fix.broken(profile.maxPointGapMillis());
        if (NEAR_SINCE.get(words, fix.base) == NONE || broken) {
            NEAR_SINCE.set(words, fix.base, fix.time);
            PROMPT_OF_RUN.set(words, fix.base, false);
            if (broken || fix.time - NEAR_LAST.get(words, fix.base) > profile.mergeGapMillis()) {
                PROMPTED.set(words, fix.base, false);
            }
        }
        NEAR_LAST.set(words, fix.base, fix.time);
        if (PROMPTED.isSet(words, fix.base)
                || fix.time - NEAR_SINCE.get(words, fix.base) < profile.prewarnHoldMillis()) {
            return;
        }
        PROMPTED.set(words, fix.base, true);
        int handle = SPEEDING.get(words, fix.base);
        if (handle == 0 || pool.get(handle).phase == Phase.CANDIDATE) {
            PROMPT_OF_RUN.set(words, fix.base, true);
            report.prompt(fix, NEAR_SINCE.get(words, fix.base), limit);
        }
    }
}
