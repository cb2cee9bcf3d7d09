package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.CANDIDATE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.MOTION;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NONE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.PAPERS;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SEGMENT;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.rules.vehicle.CompiledReference.Overdue;
import io.haulwatch.rules.vehicle.CompiledReference.Standing;
import io.haulwatch.rules.vehicle.Stretch.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Driving with an overdue critical paper (证件过期行驶) of the truck, its company or its driver: farther than {@code min_distance_m} opens,
 * one episode a drive. Whether anything is overdue is one comparison, because the calendar was asked beforehand. Source:
 * {@code docs/rules/papers.md}.
 */
final class PapersRule {
    static final String BY_STOP = "stop";
    static final String BY_RENEWAL = "renewed";
    static final String BY_DRIVER = "driver_change";

    private final VehicleBlocks blocks;
    private final StretchPool pool;
    private final Standings standings;
    private final VehicleSink sink;

    PapersRule(VehicleBlocks blocks, StretchPool pool, Standings standings, VehicleSink sink) {
        this.blocks = blocks;
        this.pool = pool;
        this.standings = standings;
        this.sink = sink;
    }

    /** Takes a good fix in, after motion did. */
    void step(Fix fix) {
        int handle = PAPERS.get(blocks.words, fix.base);
        boolean overdue = fix.time >= fix.overdueFrom;
        if (handle != 0) {
            follow(fix, pool.get(handle), overdue);
        } else if (overdue && fix.moving) {
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
        stretch.begin(Stretch.Owner.PAPERS, fix);
        PAPERS.set(blocks.words, fix.base, stretch.handle);
    }

    private void follow(Fix fix, Stretch stretch, boolean overdue) {
        long[] words = blocks.words;
        if (fix.broken(fix.rules.motion().gapMillis())) {
            settle(fix, stretch, SpeedingRule.BY_GAP);
            if (overdue && fix.moving) {
                begin(fix);
            }
            return;
        }
        if (fix.standingAsked
                && standings.at(fix.vehicleId, fix.time).driverId()
                        != standings.at(fix.vehicleId, stretch.start).driverId()) {
            // Whoever drives now answers for the papers from now on.
            settle(fix, stretch, BY_DRIVER);
            if (overdue && fix.moving) {
                begin(fix);
            }
            return;
        }
        if (!overdue) {
            settle(fix, stretch, BY_RENEWAL);
            return;
        }
        stretch.pass(fix);
        if (MOTION.get(words, fix.base) == Motion.STOPPED && stopSince(fix) >= stretch.start) {
            // The stop was recognised by this fix and began earlier; where it began the stretch ends.
            stretch.last = Math.max(stretch.start, stopSince(fix));
            settle(fix, stretch, BY_STOP);
            if (fix.moving) {
                begin(fix);
            }
            return;
        }
        if (fix.moving) {
            stretch.reach(fix);
        } else if (MOTION.get(words, fix.base) != Motion.DRIVING && CANDIDATE.get(words, fix.base) == NONE) {
            settle(fix, stretch, BY_STOP);
            return;
        }
        if (stretch.phase == Phase.CANDIDATE) {
            if (stretch.metres > fix.rules.papers().minDistanceMetres()) {
                stretch.phase = Phase.OPEN;
                say(fix.vehicleId, stretch, EpisodeState.OPEN, null);
            }
        } else if (stretch.toldEnd) {
            say(fix.vehicleId, stretch, EpisodeState.OPEN, null);
        }
    }

    private long stopSince(Fix fix) {
        return SEGMENT.get(blocks.words, fix.base);
    }

    private void settle(Fix fix, Stretch stretch, String endedBy) {
        if (stretch.phase == Phase.OPEN) {
            say(fix.vehicleId, stretch, EpisodeState.CLOSED, endedBy);
        }
        PAPERS.set(blocks.words, fix.base, 0);
        pool.giveBack(stretch);
    }

    private void say(int vehicleId, Stretch stretch, EpisodeState state, @Nullable String endedBy) {
        stretch.toldEnd = state == EpisodeState.CLOSED;
        stretch.revision++;
        Standing standing = standings.at(vehicleId, stretch.start);
        Subject subject = new Subject.OfVehicle(vehicleId);
        List<EvidencePoint> points = new ArrayList<>(2);
        points.add(stretch.opening.as(EvidencePoint.Role.OPENING));
        if (state == EpisodeState.CLOSED) {
            points.add(stretch.close.as(EvidencePoint.Role.CLOSE));
        }
        sink.episode(new Episode(
                EpisodeId.of(subject, Rule.PAPERS, stretch.start),
                stretch.revision,
                state,
                Rule.PAPERS,
                standing.rules().papers().version(),
                subject,
                vehicleId,
                standing.driverOrNull(),
                stretch.start,
                stretch.last,
                Severity.CRITICAL,
                stretch.backfill ? Evidence.BACKFILL : Evidence.LIVE,
                endedBy,
                Map.of(
                        "distance_m", Math.round(stretch.metres),
                        "duration_s", stretch.length() / 1000,
                        "start_lat_microdeg", (long) stretch.opening.latitude,
                        "start_lon_microdeg", (long) stretch.opening.longitude,
                        "end_lat_microdeg", (long) stretch.close.latitude,
                        "end_lon_microdeg", (long) stretch.close.longitude),
                facts(standings.overdue(vehicleId, stretch.start)),
                points));
    }

    /** The longest overdue paper by itself, and all of them. */
    private static Map<String, String> facts(List<Overdue> overdue) {
        Map<String, String> facts = new HashMap<>();
        if (overdue.isEmpty()) {
            // The register was corrected while the truck drove; the episode keeps what is still known.
            return facts;
        }
        Overdue first = overdue.getFirst();
        Paper paper = first.paper();
        facts.put("paper_kind", paper.kind());
        facts.put("paper_id", Long.toString(paper.paperId()));
        facts.put("owner", paper.owner().name().toLowerCase(Locale.ROOT) + ":" + paper.ownerId());
        facts.put("expires", first.expires().toString());
        facts.put(
                "papers",
                overdue.stream()
                        .map(each -> each.paper().kind() + " " + each.expires())
                        .collect(Collectors.joining("; ")));
        return facts;
    }
}
