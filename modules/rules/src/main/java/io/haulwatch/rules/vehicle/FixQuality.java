package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.BY_RECORDER;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LAST;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LATITUDE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LONGITUDE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NONE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.REJECTED;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SLOW_RUN;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SPEED;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.model.episode.DoubtMark.Reason;
import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.profile.QualityProfile;
import org.jspecify.annotations.Nullable;

/** Which fixes the rules believe, and which speed. Source: {@code docs/rules/fix-quality.md}. */
final class FixQuality {
    private final VehicleBlocks blocks;
    private final StretchPool pool;

    FixQuality(VehicleBlocks blocks, StretchPool pool) {
        this.blocks = blocks;
        this.pool = pool;
    }

    /** What a fix by itself says against it, or null. */
    @Nullable
    Reason alone(Fix fix) {
        if (!FixChecks.inArea(fix.latitude, fix.longitude)) {
            return Reason.RANGE;
        }
        if (fix.gnss > FixChecks.MAX_SPEED_DECIKMH) {
            return Reason.SPEED_RANGE;
        }
        return fix.position.satellites() < fix.rules.quality().minSatellites() ? Reason.SATELLITES : null;
    }

    /** Measures the way from the last good fix into {@code fix}. */
    void measure(Fix fix) {
        long[] words = blocks.words;
        long last = LAST.get(words, fix.base);
        fix.first = last == NONE;
        fix.anchored = false;
        fix.lastSpeed = SPEED.get(words, fix.base);
        if (fix.first) {
            fix.step = 0;
            fix.metres = 0;
            return;
        }
        fix.step = fix.time - last;
        fix.metres = Wgs84.nearMetres(
                LATITUDE.get(words, fix.base), LONGITUDE.get(words, fix.base), fix.latitude, fix.longitude);
    }

    /** What the way from the last good fix says against this one, or null. Chooses the speed; asked only for steps above 0. */
    @Nullable
    Reason movement(Fix fix) {
        QualityProfile profile = fix.rules.quality();
        if (FixChecks.impliesJump(fix.metres, fix.step, profile.maxImpliedKmh())) {
            if (!repeats(fix, profile)) {
                return Reason.JUMP;
            }
            fix.anchored = true;
            fix.metres = 0;
            fix.speed = fix.gnss;
            BY_RECORDER.set(blocks.words, fix.base, false);
            return null;
        }
        boolean byRecorder = chooseSpeed(fix);
        if (byRecorder != BY_RECORDER.isSet(blocks.words, fix.base)) {
            // Speeds of two sources are not a change of speed.
            BY_RECORDER.set(blocks.words, fix.base, byRecorder);
            return null;
        }
        long gain = (fix.speed - fix.lastSpeed) * 1000L;
        boolean unlikely = gain > profile.maxAccelDeciKmhPerSecond() * fix.step
                || -gain > profile.maxDecelDeciKmhPerSecond() * fix.step;
        return unlikely ? Reason.ACCELERATION : null;
    }

    /** A fix was believed: fixes that had jumped away are forgotten. */
    void accept(Fix fix) {
        if (REJECTED.get(blocks.words, fix.base) != 0) {
            forget(fix);
        }
    }

    /**
     * Whether a speed at or above the limit is contradicted by the way, for the second interval running: a receiver whose position stands
     * still while its speed does not.
     */
    boolean slowerThanReported(Fix fix, int limitDeciKmh, long maxStepMillis) {
        long[] words = blocks.words;
        boolean slow = fix.speed >= limitDeciKmh
                && fix.step > 0
                && !fix.broken(maxStepMillis)
                && fix.impliedDeciKmh() <= fix.speed - fix.rules.quality().impliedVsReportedDeciKmh();
        int run = SLOW_RUN.get(words, fix.base);
        if (!slow) {
            if (run != 0) {
                SLOW_RUN.set(words, fix.base, 0);
            }
            return false;
        }
        if (run < 2) {
            SLOW_RUN.set(words, fix.base, ++run);
        }
        return run == 2;
    }

    /** Where two speeds differ, the way decides: two witnesses of three. */
    private static boolean chooseSpeed(Fix fix) {
        fix.speed = fix.gnss;
        int recorder = fix.recorder;
        if (recorder > FixChecks.MAX_SPEED_DECIKMH
                || Math.abs(recorder - fix.gnss) <= fix.rules.speeding().pulseVsGnssDeciKmh()
                || fix.step > fix.rules.motion().gapMillis()) {
            return false;
        }
        int implied = fix.impliedDeciKmh();
        boolean byRecorder = Math.abs(recorder - implied) < Math.abs(fix.gnss - implied);
        if (byRecorder) {
            fix.speed = recorder;
        }
        return byRecorder;
    }

    /** Counts jumps that agree with each other. */
    private boolean repeats(Fix fix, QualityProfile profile) {
        int handle = REJECTED.get(blocks.words, fix.base);
        Stretch rejected;
        if (handle == 0) {
            rejected = pool.take();
            rejected.begin(Stretch.Owner.REJECTED, fix);
            REJECTED.set(blocks.words, fix.base, rejected.handle);
            rejected.doubts = 1;
            return false;
        }
        rejected = pool.get(handle);
        long step = fix.time - rejected.last;
        double metres =
                Wgs84.nearMetres(rejected.close.latitude, rejected.close.longitude, fix.latitude, fix.longitude);
        boolean agrees = step > 0 && !FixChecks.impliesJump(metres, step, profile.maxImpliedKmh());
        int count = agrees ? rejected.doubts + 1 : 1;
        rejected.reach(fix);
        rejected.doubts = count;
        return count >= profile.anchorAfter();
    }

    private void forget(Fix fix) {
        pool.giveBack(pool.get(REJECTED.get(blocks.words, fix.base)));
        REJECTED.set(blocks.words, fix.base, 0);
    }

    /** The speed of a first fix, which nothing contradicts. */
    void first(Fix fix) {
        fix.speed = fix.gnss;
        BY_RECORDER.set(blocks.words, fix.base, false);
    }

    static boolean saysRecorder(Fix fix) {
        return fix.recorder != PositionRecord.ABSENT_SPEED && fix.recorder <= FixChecks.MAX_SPEED_DECIKMH;
    }
}
