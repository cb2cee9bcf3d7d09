package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.ANCHOR_LATITUDE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.ANCHOR_LONGITUDE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.CANDIDATE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.CANDIDATE_MOVES;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LAST;
import static io.haulwatch.rules.vehicle.VehicleBlocks.MOTION;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NONE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SEGMENT;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SEGMENT_BACKFILL;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SEGMENT_INFERRED;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.rules.profile.MotionProfile;
import io.haulwatch.rules.vehicle.ActivitySegment.Kind;

/**
 * Folds fixes into {@link ActivitySegment}s. A change of mind needs time: what might become a drive or a stop is a candidate until it has
 * lasted. Source: {@code docs/rules/fix-quality.md}, motion.
 */
final class Motion {
    /** Values of {@link VehicleBlocks#MOTION}. */
    static final int NOT_KNOWN = 0;

    static final int DRIVING = 1;
    static final int STOPPED = 2;

    private final VehicleBlocks blocks;
    private final VehicleSink sink;

    Motion(VehicleBlocks blocks, VehicleSink sink) {
        this.blocks = blocks;
        this.sink = sink;
    }

    /** Takes a good fix in and says in {@code fix.moving} what it makes of it. */
    void step(Fix fix) {
        long[] words = blocks.words;
        MotionProfile profile = fix.rules.motion();
        fix.moving = moving(fix, profile);
        if (!fix.first && fix.step > profile.gapMillis()) {
            gap(fix, profile);
            return;
        }
        switch (MOTION.get(words, fix.base)) {
            case DRIVING -> driving(fix, profile);
            case STOPPED -> stopped(fix, profile);
            default -> notKnown(fix, profile);
        }
        if (fix.backfill && MOTION.get(words, fix.base) != NOT_KNOWN) {
            SEGMENT_BACKFILL.set(words, fix.base, true);
        }
    }

    /** First instant that is not settled yet, or {@link Long#MAX_VALUE}. */
    long settledBefore(int base) {
        long candidate = CANDIDATE.get(blocks.words, base);
        return candidate == NONE ? Long.MAX_VALUE : candidate;
    }

    private boolean moving(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        boolean candidate = CANDIDATE.get(words, fix.base) != NONE;
        boolean movedOn = candidate ? CANDIDATE_MOVES.isSet(words, fix.base) : MOTION.get(words, fix.base) == DRIVING;
        boolean moving = fix.speed >= profile.moveDeciKmh() || (fix.speed > profile.stopDeciKmh() && movedOn);
        return moving && (fix.ignition || !drifts(fix, profile, candidate));
    }

    /** Ignition off, and still where it stopped. */
    private boolean drifts(Fix fix, MotionProfile profile, boolean candidate) {
        long[] words = blocks.words;
        boolean anchored =
                MOTION.get(words, fix.base) == STOPPED || (candidate && !CANDIDATE_MOVES.isSet(words, fix.base));
        return anchored
                && Wgs84.nearMetres(
                                ANCHOR_LATITUDE.get(words, fix.base),
                                ANCHOR_LONGITUDE.get(words, fix.base),
                                fix.latitude,
                                fix.longitude)
                        <= profile.driftMetres();
    }

    private void driving(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        long standsSince = CANDIDATE.get(words, fix.base);
        if (standsSince == NONE) {
            if (!fix.moving) {
                candidate(fix, false);
            }
            return;
        }
        if (fix.time - standsSince >= profile.bridgeStopMillis()) {
            endSegment(fix, Kind.DRIVING, standsSince);
            beginSegment(fix, STOPPED, standsSince, false);
            CANDIDATE.set(words, fix.base, NONE);
            if (fix.moving) {
                // Stood long enough, and went on with this very fix: the stop begins and may end here.
                candidate(fix, true);
            }
        } else if (fix.moving) {
            CANDIDATE.set(words, fix.base, NONE);
        }
    }

    private void stopped(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        long movesSince = CANDIDATE.get(words, fix.base);
        if (!fix.moving) {
            if (movesSince != NONE) {
                CANDIDATE.set(words, fix.base, NONE);
            }
        } else if (movesSince == NONE) {
            candidate(fix, true);
        } else if (fix.time - movesSince >= profile.moveHoldMillis()) {
            endSegment(fix, Kind.STOPPED, movesSince);
            beginSegment(fix, DRIVING, movesSince, false);
            CANDIDATE.set(words, fix.base, NONE);
        }
    }

    private void notKnown(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        long since = CANDIDATE.get(words, fix.base);
        if (since == NONE || CANDIDATE_MOVES.isSet(words, fix.base) != fix.moving) {
            candidate(fix, fix.moving);
        } else if (fix.time - since >= (fix.moving ? profile.moveHoldMillis() : profile.bridgeStopMillis())) {
            beginSegment(fix, fix.moving ? DRIVING : STOPPED, since, false);
            CANDIDATE.set(words, fix.base, NONE);
        }
    }

    /** A stretch without data before this fix. */
    private void gap(Fix fix, MotionProfile profile) {
        boolean inferable = !fix.anchored && fix.step <= profile.gapMaxInferMillis();
        boolean moved = fix.metres > profile.gapMoveMetres() && fix.impliedDeciKmh() >= profile.moveDeciKmh();
        if (inferable && fix.metres < profile.gapStillMetres()) {
            stillGap(fix);
        } else if (inferable && moved) {
            movedGap(fix, profile);
        } else {
            unknownGap(fix, profile);
        }
        if (fix.backfill) {
            SEGMENT_BACKFILL.set(blocks.words, fix.base, true);
        }
    }

    private void stillGap(Fix fix) {
        long[] words = blocks.words;
        long last = LAST.get(words, fix.base);
        long candidate = CANDIDATE.get(words, fix.base);
        boolean stood = candidate != NONE && !CANDIDATE_MOVES.isSet(words, fix.base);
        CANDIDATE.set(words, fix.base, NONE);
        if (MOTION.get(words, fix.base) == STOPPED) {
            if (!SEGMENT_INFERRED.isSet(words, fix.base)) {
                SEGMENT_INFERRED.set(words, fix.base, true);
                tell(fix, Kind.STOPPED, SEGMENT.get(words, fix.base), fix.time, true);
            }
        } else {
            long from = stood ? candidate : last;
            if (!stood) {
                anchorAtLast(fix);
            }
            if (MOTION.get(words, fix.base) == DRIVING) {
                endSegment(fix, Kind.DRIVING, from);
            }
            beginSegment(fix, STOPPED, from, true);
        }
        if (fix.moving) {
            candidate(fix, true);
        }
    }

    private void movedGap(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        long last = LAST.get(words, fix.base);
        long candidate = CANDIDATE.get(words, fix.base);
        boolean moves = candidate != NONE && CANDIDATE_MOVES.isSet(words, fix.base);
        int motion = MOTION.get(words, fix.base);
        CANDIDATE.set(words, fix.base, NONE);
        if (motion == DRIVING) {
            endSegment(fix, Kind.DRIVING, last);
        } else {
            long from = moves ? candidate : last;
            if (motion == STOPPED) {
                endSegment(fix, Kind.STOPPED, from);
            }
            if (moves && from < last) {
                SEGMENT.set(words, fix.base, from);
                endSegment(fix, Kind.DRIVING, last);
            }
        }
        sink.activity(
                fix.vehicleId,
                new ActivitySegment(
                        Kind.DRIVING, last, fix.time, false, Evidence.GAP, true, possibleRest(fix, profile, last)));
        beginSegment(fix, DRIVING, fix.time, false);
        if (!fix.moving) {
            candidate(fix, false);
        }
    }

    private void unknownGap(Fix fix, MotionProfile profile) {
        long[] words = blocks.words;
        long last = LAST.get(words, fix.base);
        long candidate = CANDIDATE.get(words, fix.base);
        long from = candidate != NONE ? candidate : last;
        switch (MOTION.get(words, fix.base)) {
            case DRIVING -> endSegment(fix, Kind.DRIVING, from);
            case STOPPED -> endSegment(fix, Kind.STOPPED, from);
            default -> {
                // Nothing was going on.
            }
        }
        sink.activity(
                fix.vehicleId,
                new ActivitySegment(
                        Kind.UNKNOWN, from, fix.time, false, Evidence.GAP, true, possibleRest(fix, profile, from)));
        MOTION.set(words, fix.base, NOT_KNOWN);
        SEGMENT.set(words, fix.base, NONE);
        candidate(fix, fix.moving);
    }

    /** The longest rest that fits: the stretch less its displacement at the highest speed, s, rounded down. */
    private static long possibleRest(Fix fix, MotionProfile profile, long from) {
        double underway = fix.metres * 3.6 / profile.gapMaxKmh();
        return Math.max(0, (long) ((fix.time - from) / 1000.0 - underway));
    }

    private void candidate(Fix fix, boolean moves) {
        long[] words = blocks.words;
        CANDIDATE.set(words, fix.base, fix.time);
        CANDIDATE_MOVES.set(words, fix.base, moves);
        if (!moves) {
            ANCHOR_LATITUDE.set(words, fix.base, fix.latitude);
            ANCHOR_LONGITUDE.set(words, fix.base, fix.longitude);
        }
    }

    private void anchorAtLast(Fix fix) {
        long[] words = blocks.words;
        ANCHOR_LATITUDE.set(words, fix.base, VehicleBlocks.LATITUDE.get(words, fix.base));
        ANCHOR_LONGITUDE.set(words, fix.base, VehicleBlocks.LONGITUDE.get(words, fix.base));
    }

    private void endSegment(Fix fix, Kind kind, long to) {
        tell(fix, kind, SEGMENT.get(blocks.words, fix.base), to, false);
    }

    private void beginSegment(Fix fix, int motion, long from, boolean inferred) {
        long[] words = blocks.words;
        MOTION.set(words, fix.base, motion);
        SEGMENT.set(words, fix.base, from);
        SEGMENT_INFERRED.set(words, fix.base, inferred);
        SEGMENT_BACKFILL.set(words, fix.base, fix.backfill);
        tell(fix, motion == DRIVING ? Kind.DRIVING : Kind.STOPPED, from, fix.time, true);
    }

    private void tell(Fix fix, Kind kind, long from, long to, boolean open) {
        long[] words = blocks.words;
        boolean inferred = kind == Kind.STOPPED && SEGMENT_INFERRED.isSet(words, fix.base);
        Evidence evidence =
                inferred ? Evidence.GAP : SEGMENT_BACKFILL.isSet(words, fix.base) ? Evidence.BACKFILL : Evidence.LIVE;
        sink.activity(fix.vehicleId, new ActivitySegment(kind, from, to, open, evidence, inferred, 0));
    }
}
