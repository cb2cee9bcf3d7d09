package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.SOURCES;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.rules.profile.SpeedingProfile;
import io.haulwatch.rules.vehicle.CompiledReference.Standing;
import io.haulwatch.rules.vehicle.Stretch.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recorder speed and GNSS speed differ lastingly while the truck moves (速度源不一致): a frozen receiver, a cut pulse cable, or tampering.
 * Source: {@code docs/rules/speeding.md}, speed sources.
 */
final class SpeedSourceRule {
    /** A truck that stands proves nothing: at least so far over ground. */
    private static final double LEAST_METRES = 1000;

    private final VehicleBlocks blocks;
    private final StretchPool pool;
    private final Standings standings;
    private final VehicleSink sink;

    SpeedSourceRule(VehicleBlocks blocks, StretchPool pool, Standings standings, VehicleSink sink) {
        this.blocks = blocks;
        this.pool = pool;
        this.standings = standings;
        this.sink = sink;
    }

    /** Takes a good fix in. */
    void step(Fix fix) {
        int handle = SOURCES.get(blocks.words, fix.base);
        boolean differs = FixQuality.saysRecorder(fix)
                && Math.abs(fix.recorder - fix.gnss) > fix.rules.speeding().pulseVsGnssDeciKmh();
        if (handle != 0) {
            follow(fix, pool.get(handle), differs);
        } else if (differs) {
            begin(fix);
        }
    }

    /** Ends what is open because the vehicle is silent. Nothing is settled: the next fix decides. */
    void silence(int vehicleId, Stretch stretch) {
        if (stretch.toldOpen()) {
            say(vehicleId, stretch, EpisodeState.CLOSED, SpeedingRule.BY_SILENCE);
        }
    }

    private void begin(Fix fix) {
        Stretch stretch = pool.take();
        stretch.begin(Stretch.Owner.SOURCES, fix);
        SOURCES.set(blocks.words, fix.base, stretch.handle);
    }

    private void follow(Fix fix, Stretch stretch, boolean differs) {
        SpeedingProfile profile = fix.rules.speeding();
        if (fix.broken(profile.maxPointGapMillis())) {
            settle(fix, stretch, SpeedingRule.BY_GAP);
            if (differs) {
                begin(fix);
            }
            return;
        }
        stretch.pass(fix);
        if (!differs) {
            // Before it has opened one agreement is enough to forget it; afterwards they have to agree for a while.
            if (stretch.phase == Phase.CANDIDATE || fix.time - stretch.last > profile.mergeGapMillis()) {
                settle(fix, stretch, SpeedingRule.BY_LIMIT);
            }
            return;
        }
        stretch.gnssArea += fix.gnss * fix.step;
        stretch.recorderArea += fix.recorder * fix.step;
        stretch.reach(fix);
        if (stretch.phase == Phase.CANDIDATE) {
            if (stretch.length() >= profile.mismatchMillis() && stretch.metres >= LEAST_METRES) {
                stretch.phase = Phase.OPEN;
                say(fix.vehicleId, stretch, EpisodeState.OPEN, null);
            }
        } else if (stretch.toldEnd) {
            say(fix.vehicleId, stretch, EpisodeState.OPEN, null);
        }
    }

    private void settle(Fix fix, Stretch stretch, String endedBy) {
        if (stretch.phase == Phase.OPEN) {
            say(fix.vehicleId, stretch, EpisodeState.CLOSED, endedBy);
        }
        SOURCES.set(blocks.words, fix.base, 0);
        pool.giveBack(stretch);
    }

    private void say(int vehicleId, Stretch stretch, EpisodeState state, @Nullable String endedBy) {
        stretch.toldEnd = state == EpisodeState.CLOSED;
        stretch.revision++;
        Standing standing = standings.at(vehicleId, stretch.start);
        Subject subject = new Subject.OfVehicle(vehicleId);
        long length = Math.max(1, stretch.length());
        long gnss = stretch.gnssArea / length;
        long recorder = stretch.recorderArea / length;
        long implied = Math.round(stretch.metres * 36_000.0 / length);
        boolean recorderRight = Math.abs(recorder - implied) < Math.abs(gnss - implied);
        List<EvidencePoint> points = new ArrayList<>(2);
        points.add(stretch.opening.as(EvidencePoint.Role.OPENING));
        if (state == EpisodeState.CLOSED) {
            points.add(stretch.close.as(EvidencePoint.Role.CLOSE));
        }
        sink.episode(new Episode(
                EpisodeId.of(subject, Rule.SPEED_SOURCE_MISMATCH, stretch.start),
                stretch.revision,
                state,
                Rule.SPEED_SOURCE_MISMATCH,
                standing.rules().speeding().version(),
                subject,
                vehicleId,
                standing.driverOrNull(),
                stretch.start,
                stretch.last,
                Severity.MINOR,
                stretch.backfill ? Evidence.BACKFILL : Evidence.LIVE,
                endedBy,
                Map.of(
                        "gnss_avg_decikmh", gnss,
                        "recorder_avg_decikmh", recorder,
                        "implied_avg_decikmh", implied,
                        "distance_m", Math.round(stretch.metres),
                        "duration_s", stretch.length() / 1000),
                Map.of("believed", recorderRight ? "recorder" : "gnss", "suspect", recorderRight ? "gnss" : "recorder"),
                points));
    }
}
