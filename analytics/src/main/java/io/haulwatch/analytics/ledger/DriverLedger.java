package io.haulwatch.analytics.ledger;

import io.haulwatch.analytics.clock.DrivenStretches.Driven;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.stream.EpisodeStream;
import io.haulwatch.analytics.stream.Said;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.rules.driver.Card;
import io.haulwatch.rules.driver.CardOutcome;
import io.haulwatch.rules.driver.DriverRegister;
import io.haulwatch.rules.driver.Duty;
import io.haulwatch.rules.driver.Wheels;
import io.haulwatch.rules.hours.DriverHours;
import io.haulwatch.rules.hours.HoursJudgement;
import io.haulwatch.rules.hours.HoursProfiles;
import io.haulwatch.rules.hours.HoursSegment;
import io.haulwatch.rules.vehicle.ActivitySegment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The second stage: by driver (the truck itself while nobody is known), off the hot path. It keeps what every truck did, asks {@link
 * DriverHours} anew whenever that changed or a truck woke it, and says only what differs from what it said before. What became known in
 * which order cannot matter, because nothing is counted between two questions. One thread.
 */
public final class DriverLedger {
    /** How long what can still be judged anew is kept behind a subject's newest time, ms. */
    static final long KEPT_MILLIS = 73L * 3_600_000L;

    /** A period needs the day before it for the 24-hour sum, ms. */
    private static final long DAY_BEFORE_MILLIS = 25L * 3_600_000L;

    /**
     * More segments of one truck than this are noise: a drive and a stop that count take some two minutes and a half, and a delivery round
     * of five days has half as many. The oldest go, and the period that they belong to is split.
     */
    static final int MAX_SEGMENTS = 2_400;

    private static final int VERSION = 2;
    /** The layout before there were cards. */
    private static final int WITHOUT_CARDS = 1;

    private static final String PERIOD_START = "period_start_ms";

    private final LedgerSink sink;
    private final DrivingClocks clocks;
    private final Map<Integer, Track> tracks = new HashMap<>();
    private final Map<Subject, Account> accounts = new HashMap<>();
    private ReferenceSet reference;
    private final Wheels wheels;
    private HoursProfiles profiles;
    private long splits;

    private record Woken(int vehicleId, long millis) {}

    private final ArrayDeque<Woken> woken = new ArrayDeque<>();
    private boolean asking;

    DriverLedger(ReferenceSet reference, DrivingClocks clocks, LedgerSink sink) {
        this(reference, new Wheels(DriverRegister.of(reference)), clocks, sink);
    }

    /** @param wheels who drives, by the drivers of {@code reference} */
    public DriverLedger(ReferenceSet reference, Wheels wheels, DrivingClocks clocks, LedgerSink sink) {
        this.reference = reference;
        this.wheels = wheels;
        this.profiles = new HoursProfiles(reference);
        this.clocks = clocks;
        this.sink = sink;
    }

    /** Takes in what the vehicle stage said about a truck. */
    public void activity(int vehicleId, ActivitySegment segment) {
        Track track = tracks.computeIfAbsent(vehicleId, id -> new Track());
        track.put(segment);
        if (track.size() > MAX_SEGMENTS) {
            split(vehicleId, track);
        }
        judge(track.subjects(wheels.of(vehicleId)));
    }

    /** A truck is settled up to the time that was asked for. */
    public void wake(int vehicleId, long wakeMillis) {
        woken.add(new Woken(vehicleId, wakeMillis));
        if (!asking) {
            drainWakes();
        }
    }

    /**
     * A card went in or came out: whoever drove and whoever drives is judged anew. Where the truck was under way, the driver stays; so whether it
     * was is asked of the fix before, and of what is known of that time if the card's message came late.
     *
     * @param speedDeciKmh by the truck's last fix before, or {@link Card#UNKNOWN_SPEED}
     * @param moved whether that is moving
     * @param late fixes after that time came before
     */
    public CardOutcome card(CardRecord record, int speedDeciKmh, boolean moved, boolean late) {
        int vehicleId = record.vehicleId();
        Track track = tracks.get(vehicleId);
        boolean moving = moved || (late && track != null && track.droveAt(record.millis()));
        Duty before = wheels.of(vehicleId);
        CardOutcome outcome = wheels.put(record, moving, speedDeciKmh);
        Duty after = wheels.of(vehicleId);
        if (before.equals(after)) {
            return outcome;
        }
        Set<Subject> touched = new LinkedHashSet<>();
        if (track != null) {
            touched.addAll(track.subjects(before));
            touched.addAll(track.subjects(after));
            long now = Math.max(track.settledMillis(), record.millis());
            if (!before.at(now).equals(after.at(now))) {
                // The clock that was shown is another's; the next thing the truck does brings the right one.
                clocks.remove(vehicleId);
            }
        }
        if (!before.refused().equals(after.refused())) {
            touched.add(new Subject.OfVehicle(vehicleId));
        }
        judge(touched);
        return outcome;
    }

    void reference(ReferenceSet next) {
        reference(next, DriverRegister.of(next));
    }

    /** Judges everything from now on with {@code next}, and at once what concerns trucks whose rows changed. */
    public void reference(ReferenceSet next, DriverRegister drivers) {
        Set<Integer> known = new LinkedHashSet<>(tracks.keySet());
        known.addAll(wheels.vehiclesWithCards());
        Map<Integer, Duty> before = new HashMap<>();
        known.forEach(vehicleId -> before.put(vehicleId, wheels.of(vehicleId)));
        ReferenceSet old = reference;
        reference = next;
        wheels.register(drivers);
        profiles = new HoursProfiles(next);
        Map<Integer, List<ReferenceSet.Vehicle>> oldRows = versions(old);
        Map<Integer, List<ReferenceSet.Vehicle>> newRows = versions(next);
        Set<Subject> touched = new LinkedHashSet<>();
        for (Map.Entry<Integer, Duty> entry : before.entrySet()) {
            int vehicleId = entry.getKey();
            Duty was = entry.getValue();
            Duty is = wheels.of(vehicleId);
            Track track = tracks.get(vehicleId);
            if (track != null
                    && (!was.equals(is)
                            || !oldRows.getOrDefault(vehicleId, List.of())
                                    .equals(newRows.getOrDefault(vehicleId, List.of())))) {
                touched.addAll(track.subjects(was));
                touched.addAll(track.subjects(is));
            }
            if (!was.refused().equals(is.refused())) {
                touched.add(new Subject.OfVehicle(vehicleId));
            }
        }
        judge(touched);
    }

    private static Map<Integer, List<ReferenceSet.Vehicle>> versions(ReferenceSet reference) {
        Map<Integer, List<ReferenceSet.Vehicle>> out = new HashMap<>();
        for (ReferenceSet.Vehicle vehicle : reference.vehicles()) {
            out.computeIfAbsent(vehicle.vehicleId(), id -> new ArrayList<>(1)).add(vehicle);
        }
        return out;
    }

    /** When a driver drove, as far back as it is kept; what was only inferred from a stretch without data is nobody's driving. */
    public List<Driven> driven(int driverId) {
        return segmentsOf(new Subject.OfDriver(driverId)).stream()
                .filter(segment -> segment.kind() == HoursSegment.Kind.DRIVING && !segment.inferred())
                .map(segment -> new Driven(segment.vehicleId(), segment.fromMillis(), segment.toMillis()))
                .toList();
    }

    /** Continuous drives that were cut because a truck's time fell into too many pieces. */
    public long splits() {
        return splits;
    }

    private void drainWakes() {
        Woken next = woken.poll();
        while (next != null) {
            Track track = tracks.get(next.vehicleId());
            if (track != null) {
                track.settle(next.millis());
                track.askedWake = Long.MAX_VALUE;
                judge(track.subjects(wheels.of(next.vehicleId())));
            }
            next = woken.poll();
        }
    }

    private void judge(Set<Subject> subjects) {
        Set<Integer> concerned = new LinkedHashSet<>();
        for (Subject subject : subjects) {
            concerned.addAll(judge(subject));
        }
        boolean outermost = !asking;
        asking = true;
        try {
            for (int vehicleId : concerned) {
                ask(vehicleId);
            }
        } finally {
            if (outermost) {
                asking = false;
            }
        }
        if (outermost) {
            drainWakes();
        }
    }

    private void ask(int vehicleId) {
        Track track = tracks.get(vehicleId);
        if (track == null) {
            return;
        }
        long wake = Long.MAX_VALUE;
        for (Subject subject : track.subjects(wheels.of(vehicleId))) {
            Account account = accounts.get(subject);
            if (account != null) {
                wake = Math.min(wake, account.wakes.getOrDefault(vehicleId, Long.MAX_VALUE));
            }
        }
        if (wake <= track.settledMillis()) {
            // Judged already: the answer holds for all that is settled.
            wake = Long.MAX_VALUE;
        }
        if (wake != track.askedWake) {
            track.askedWake = wake;
            sink.wakeAt(vehicleId, wake);
        }
    }

    private Set<Integer> judge(Subject subject) {
        List<HoursSegment> segments = new ArrayList<>();
        Set<Integer> vehicles = new LinkedHashSet<>();
        long asOf = Long.MIN_VALUE;
        for (int vehicleId : wheels.vehicles(subject)) {
            Track track = tracks.get(vehicleId);
            if (track != null) {
                int before = segments.size();
                track.collect(subject, wheels.of(vehicleId), segments);
                if (segments.size() > before) {
                    vehicles.add(vehicleId);
                    asOf = Math.max(asOf, track.settledMillis());
                }
            }
        }
        Account account = accounts.computeIfAbsent(subject, key -> new Account());
        vehicles.addAll(account.wakes.keySet());
        HoursJudgement judgement = DriverHours.judge(subject, segments, profiles, asOf, account.sinceMillis);
        account.wakes = new HashMap<>(judgement.wakes());
        List<Episode> found = new ArrayList<>(judgement.episodes());
        if (subject instanceof Subject.OfVehicle truck) {
            refusedCards(truck.vehicleId(), account, found);
        }
        say(account, found);
        HoursJudgement.Clock clock = judgement.clock();
        if (clock != null) {
            for (int vehicleId : vehicles) {
                Track track = tracks.get(vehicleId);
                if (track != null
                        && wheels.of(vehicleId).at(track.settledMillis()).equals(subject)) {
                    clocks.put(vehicleId, clock);
                }
            }
        }
        if (!segments.isEmpty()) {
            forget(account, judgement, asOf, vehicles);
        } else if (account.said.isEmpty()) {
            accounts.remove(subject);
        }
        return vehicles;
    }

    private void refusedCards(int vehicleId, Account account, List<Episode> found) {
        Duty duty = wheels.of(vehicleId);
        long kept = wheels.keptFrom(vehicleId);
        account.said
                .values()
                .removeIf(episode -> episode.rule() == Rule.CARD_CHANGE_MOVING && episode.startMillis() < kept);
        for (Duty.Refused refused : duty.refused()) {
            if (refused.card().millis() >= account.sinceMillis) {
                found.add(CardChangeRule.episode(vehicleId, refused));
            }
        }
    }

    private void say(Account account, List<Episode> found) {
        Set<UUID> supported = new HashSet<>();
        for (Episode episode : found) {
            supported.add(episode.id());
            Episode before = account.said.get(episode.id());
            if (before == null) {
                tell(account, episode);
            } else if (!EpisodeContent.same(before, episode)) {
                boolean again = before.state() == EpisodeState.CLOSED
                        || before.state() == EpisodeState.AMENDED
                        || before.state() == EpisodeState.WITHDRAWN;
                EpisodeState state =
                        again && episode.state() == EpisodeState.CLOSED ? EpisodeState.AMENDED : episode.state();
                tell(
                        account,
                        EpisodeContent.revised(episode, before.revision() + 1, state, again ? "later data" : null));
            }
        }
        for (Episode before : List.copyOf(account.said.values())) {
            if (!supported.contains(before.id()) && before.state() != EpisodeState.WITHDRAWN) {
                tell(
                        account,
                        EpisodeContent.revised(before, before.revision() + 1, EpisodeState.WITHDRAWN, "later data"));
            }
        }
    }

    private void tell(Account account, Episode revision) {
        account.said.put(revision.id(), revision);
        sink.episode(revision);
    }

    /** Makes history of what ended more than three days before {@code asOf}. */
    private void forget(Account account, HoursJudgement judgement, long asOf, Set<Integer> vehicles) {
        long horizon = asOf - KEPT_MILLIS;
        long since = horizon;
        for (HoursJudgement.Period period : judgement.periods()) {
            if (!period.rested() || period.endMillis() >= horizon) {
                since = Math.min(since, period.startMillis());
                break;
            }
        }
        if (since > account.sinceMillis) {
            account.sinceMillis = since;
            long kept = since;
            account.said.values().removeIf(episode -> periodStart(episode) < kept);
        }
        for (int vehicleId : vehicles) {
            Track track = tracks.get(vehicleId);
            if (track != null && track.size() > 0 && track.firstMillis() < asOf - KEPT_MILLIS - 2 * DAY_BEFORE_MILLIS) {
                long needed = Long.MAX_VALUE;
                for (Subject subject : track.subjects(wheels.of(vehicleId))) {
                    Account other = accounts.get(subject);
                    needed = Math.min(needed, other == null ? horizon : other.sinceMillis);
                }
                track.dropBefore(Math.min(needed, horizon) - DAY_BEFORE_MILLIS);
            }
        }
    }

    private static long periodStart(Episode episode) {
        return episode.measures().getOrDefault(PERIOD_START, episode.startMillis());
    }

    private void split(int vehicleId, Track track) {
        splits++;
        Set<Subject> subjects = track.subjects(wheels.of(vehicleId));
        track.keepNewest(MAX_SEGMENTS / 2);
        long boundary = track.firstMillis();
        for (Subject subject : subjects) {
            Account account = accounts.get(subject);
            if (account == null) {
                continue;
            }
            for (Episode before : List.copyOf(account.said.values())) {
                if (periodStart(before) < boundary && before.state() == EpisodeState.OPEN) {
                    tell(account, splitAt(before, boundary));
                }
            }
            long since = Math.max(account.sinceMillis, judgeableFrom(boundary, subject));
            account.sinceMillis = since;
            account.said.values().removeIf(episode -> periodStart(episode) < since);
        }
    }

    /**
     * The first instant from which a subject can still be judged when its time is known from {@code boundary} on only: what ended within
     * a day of it was judged by more than is left, and stays as it was told.
     */
    private long judgeableFrom(long boundary, Subject subject) {
        long from = boundary;
        for (HoursJudgement.Period period : DriverHours.judge(
                        subject, segmentsOf(subject), profiles, settledMillis(subject), Long.MAX_VALUE)
                .periods()) {
            if (!period.rested() || period.startMillis() >= boundary + DAY_BEFORE_MILLIS) {
                break;
            }
            from = Math.max(from, period.endMillis());
        }
        return from;
    }

    private List<HoursSegment> segmentsOf(Subject subject) {
        List<HoursSegment> segments = new ArrayList<>();
        for (int vehicleId : wheels.vehicles(subject)) {
            Track track = tracks.get(vehicleId);
            if (track != null) {
                track.collect(subject, wheels.of(vehicleId), segments);
            }
        }
        return segments;
    }

    private long settledMillis(Subject subject) {
        long settled = Long.MIN_VALUE;
        for (int vehicleId : wheels.vehicles(subject)) {
            Track track = tracks.get(vehicleId);
            if (track != null) {
                settled = Math.max(settled, track.settledMillis());
            }
        }
        return settled;
    }

    private static Episode splitAt(Episode open, long boundary) {
        return new Episode(
                open.id(),
                open.revision() + 1,
                EpisodeState.CLOSED,
                open.rule(),
                open.ruleVersion(),
                open.subject(),
                open.vehicleId(),
                open.driverId(),
                open.startMillis(),
                Math.max(open.endMillis(), boundary),
                open.severity(),
                open.evidence(),
                "split",
                open.measures(),
                open.facts(),
                open.points());
    }

    /** Writes everything; {@link #readFrom} takes it back. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeLong(reference.number());
        out.writeLong(splits);
        out.writeInt(tracks.size());
        for (Map.Entry<Integer, Track> entry : tracks.entrySet()) {
            out.writeInt(entry.getKey());
            entry.getValue().writeTo(out);
        }
        out.writeInt(accounts.size());
        for (Map.Entry<Subject, Account> entry : accounts.entrySet()) {
            out.writeUTF(entry.getKey().key());
            Account account = entry.getValue();
            out.writeLong(account.sinceMillis);
            out.writeInt(account.wakes.size());
            for (Map.Entry<Integer, Long> wake : account.wakes.entrySet()) {
                out.writeInt(wake.getKey());
                out.writeLong(wake.getValue());
            }
            out.writeInt(account.said.size());
            for (Episode episode : account.said.values()) {
                byte[] bytes = EpisodeStream.encode(episode);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
        wheels.writeTo(out);
    }

    /** A ledger that goes on where the one that wrote {@code in} stood. */
    public static DriverLedger readFrom(
            DataInput in, ReferenceSet reference, Wheels wheels, DrivingClocks clocks, LedgerSink sink)
            throws IOException {
        int version = in.readInt();
        if (version != VERSION && version != WITHOUT_CARDS) {
            throw new IOException("ledger of another layout: version=" + version + ", readable=" + VERSION);
        }
        DriverLedger ledger = new DriverLedger(reference, wheels, clocks, sink);
        ledger.writtenWith = in.readLong();
        ledger.splits = in.readLong();
        int tracks = in.readInt();
        for (int i = 0; i < tracks; i++) {
            int vehicleId = in.readInt();
            ledger.tracks.put(vehicleId, Track.readFrom(in));
        }
        int accounts = in.readInt();
        for (int i = 0; i < accounts; i++) {
            Account account = new Account();
            ledger.accounts.put(Subject.parse(in.readUTF()), account);
            account.sinceMillis = in.readLong();
            int wakes = in.readInt();
            for (int j = 0; j < wakes; j++) {
                int vehicleId = in.readInt();
                account.wakes.put(vehicleId, in.readLong());
            }
            int said = in.readInt();
            for (int j = 0; j < said; j++) {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                if (EpisodeStream.decode(bytes).orElse(null) instanceof Said.OfEpisode revision) {
                    account.said.put(revision.episode().id(), revision.episode());
                }
            }
        }
        if (version != WITHOUT_CARDS) {
            wheels.readFrom(in);
        }
        return ledger;
    }

    private long writtenWith = Long.MIN_VALUE;

    /**
     * To be called once after {@link #readFrom}, when the sink is ready: fills the clocks, and judges everybody anew if the reference
     * set is another than the one that the ledger was written with.
     */
    public void resume() {
        boolean anew = writtenWith != reference.number();
        Set<Subject> all = new LinkedHashSet<>();
        for (Map.Entry<Integer, Track> entry : tracks.entrySet()) {
            all.addAll(entry.getValue().subjects(wheels.of(entry.getKey())));
        }
        if (anew) {
            all.addAll(accounts.keySet());
        }
        // With the set unchanged nothing differs from what was said, so this only brings the clocks back.
        judge(all);
    }
}
