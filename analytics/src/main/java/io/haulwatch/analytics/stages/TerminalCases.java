package io.haulwatch.analytics.stages;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.rules.terminal.TerminalAlarm;
import io.haulwatch.rules.terminal.TerminalStretch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes episodes of what terminals call alarms, and one case of what terminal and platform say of the same (speeding sheet §4.5): the same vehicle, overlapping
 * within a minute. The platform's episode is the case; the terminal's is withdrawn and names it, as its second evidence. Without one of the
 * platform it stands by itself, {@code evidence=terminal}. One thread.
 */
final class TerminalCases {
    private static final String VERSION = "cn-2026.1";
    private static final String JOINED = "joined";
    private static final String SILENCE = "silence";
    private static final long SLACK_MILLIS = 60_000;
    /** End of what goes on; a minute more does not overflow. */
    private static final long GOES_ON = Long.MAX_VALUE - SLACK_MILLIS;

    private static final Rule[] JUDGED = {Rule.SPEEDING, Rule.FATIGUE, Rule.CUM24};
    /** What is kept of one vehicle and rule: more do not come close to one another. */
    private static final int KEPT = 16;

    private final Consumer<Episode> sink;
    private final Map<Integer, Vehicle> vehicles = new HashMap<>();
    /** Vehicle of each platform episode that is kept. */
    private final Map<UUID, Integer> whereabouts = new HashMap<>();

    private long alone;
    private long joined;

    TerminalCases(Consumer<Episode> sink) {
        this.sink = sink;
    }

    /** What is known of one vehicle. */
    private static final class Vehicle {
        final List<Own> own = new ArrayList<>(2);
        final List<Platform> platform = new ArrayList<>(2);
    }

    /** An episode of the terminal. */
    private static final class Own {
        TerminalStretch said;
        int revision;

        @Nullable
        UUID joinedTo;

        Own(TerminalStretch said) {
            this.said = said;
        }

        boolean ended() {
            return said.endedBy() != null && !SILENCE.equals(said.endedBy());
        }
    }

    /** An episode of the platform. @param endMillis {@link #GOES_ON} while it does */
    private record Platform(UUID id, Rule rule, long startMillis, long endMillis) {
        boolean overlaps(TerminalStretch said) {
            long end = said.endedBy() == null ? GOES_ON : said.lastMillis();
            return startMillis - SLACK_MILLIS <= end && said.startMillis() - SLACK_MILLIS <= endMillis;
        }
    }

    /** Terminal episodes that stood alone when they were first told, since this object was made. */
    long alone() {
        return alone;
    }

    /** Terminal episodes that were joined to one of the platform, since this object was made. */
    long joined() {
        return joined;
    }

    /** Takes in how far a terminal's alarm has come. */
    void terminal(TerminalStretch said) {
        Vehicle vehicle = vehicles.computeIfAbsent(said.vehicleId(), id -> new Vehicle());
        Own own = null;
        for (Own each : vehicle.own) {
            if (each.said.startMillis() == said.startMillis()
                    && each.said.alarm().code().equals(said.alarm().code())) {
                own = each;
            }
        }
        boolean first = own == null;
        if (own == null) {
            own = new Own(said);
            vehicle.own.add(own);
        }
        own.said = said;
        boolean changed = join(vehicle, own);
        if (first && own.joinedTo == null) {
            alone++;
        }
        if (first || changed || (own.joinedTo == null && !said.alarm().prompt())) {
            tell(own);
        }
        forget(said.vehicleId(), vehicle);
    }

    /** Looks whether the platform says the same; what it was joined to stays as long as that overlaps. @return whether that is another answer than before */
    private boolean join(Vehicle vehicle, Own own) {
        UUID before = own.joinedTo;
        UUID now = null;
        for (Platform platform : vehicle.platform) {
            if (platform.rule() == own.said.alarm().judgedBy()
                    && platform.overlaps(own.said)
                    && (now == null || platform.id().equals(before))) {
                now = platform.id();
            }
        }
        own.joinedTo = now;
        if (before == null && now != null) {
            joined++;
        }
        return !Objects.equals(before, now);
    }

    /** Takes in what the platform says of its own. */
    void platform(Episode episode) {
        if (!judges(episode.rule()) || episode.state() == EpisodeState.PREWARNED) {
            return;
        }
        int vehicleId = episode.vehicleId();
        Integer before = whereabouts.get(episode.id());
        if (before != null && before != vehicleId) {
            // Later data dates the crossing to another truck of the driver.
            replace(before, episode.id(), episode.rule(), null);
        }
        replace(
                vehicleId,
                episode.id(),
                episode.rule(),
                episode.state() == EpisodeState.WITHDRAWN
                        ? null
                        : new Platform(
                                episode.id(),
                                episode.rule(),
                                episode.startMillis(),
                                episode.state() == EpisodeState.OPEN ? GOES_ON : episode.endMillis()));
    }

    private void replace(int vehicleId, UUID id, Rule rule, @Nullable Platform now) {
        Vehicle vehicle = vehicles.computeIfAbsent(vehicleId, absent -> new Vehicle());
        vehicle.platform.removeIf(each -> each.id().equals(id));
        whereabouts.remove(id);
        if (now != null) {
            vehicle.platform.add(now);
            whereabouts.put(id, vehicleId);
        }
        for (Own own : vehicle.own) {
            if (own.said.alarm().judgedBy() == rule && join(vehicle, own)) {
                tell(own);
            }
        }
        forget(vehicleId, vehicle);
    }

    private static boolean judges(Rule rule) {
        for (Rule judged : JUDGED) {
            if (judged == rule) {
                return true;
            }
        }
        return false;
    }

    /** Keeps what can still change: what goes on, and the newest of what the platform judges too. */
    private void forget(int vehicleId, Vehicle vehicle) {
        vehicle.own.removeIf(own -> own.ended() && own.said.alarm().judgedBy() == null);
        for (Rule rule : JUDGED) {
            trim(vehicle.own, own -> own.said.alarm().judgedBy() == rule && own.ended());
            for (Platform gone : trim(vehicle.platform, platform -> platform.rule() == rule)) {
                whereabouts.remove(gone.id());
            }
        }
        if (vehicle.own.isEmpty() && vehicle.platform.isEmpty()) {
            vehicles.remove(vehicleId);
        }
    }

    /** Removes the oldest of those counted beyond what is kept. @return them */
    private static <T> List<T> trim(List<T> all, Predicate<T> counted) {
        List<T> gone = new ArrayList<>(0);
        long tooMany = all.stream().filter(counted).count() - KEPT;
        for (T each : List.copyOf(all)) {
            if (gone.size() < tooMany && counted.test(each)) {
                gone.add(each);
            }
        }
        all.removeAll(gone);
        return gone;
    }

    private void tell(Own own) {
        own.revision++;
        TerminalStretch said = own.said;
        TerminalAlarm alarm = said.alarm();
        UUID to = own.joinedTo;
        Subject subject = new Subject.OfVehicle(said.vehicleId());
        Map<String, String> facts = new HashMap<>();
        facts.put("alarm", alarm.code());
        if (said.backfill()) {
            facts.put("backfill", "true");
        }
        if (to != null) {
            facts.put(JOINED, to.toString());
        } else if (alarm.judgedBy() == Rule.SPEEDING) {
            // The terminal goes by a limit that the platform does not: its parameter may be out of date.
            facts.put("config_drift", "true");
        }
        EpisodeState state = to != null
                ? EpisodeState.WITHDRAWN
                : alarm.prompt()
                        ? EpisodeState.PREWARNED
                        : said.endedBy() == null ? EpisodeState.OPEN : EpisodeState.CLOSED;
        sink.accept(new Episode(
                EpisodeId.of(subject, Rule.TERMINAL_ALARM, alarm.code(), said.startMillis()),
                own.revision,
                state,
                Rule.TERMINAL_ALARM,
                VERSION,
                subject,
                said.vehicleId(),
                said.driverId(),
                said.startMillis(),
                said.lastMillis(),
                alarm.severity(),
                Evidence.TERMINAL,
                to != null ? JOINED : alarm.prompt() ? null : said.endedBy(),
                Map.of("duration_s", (said.lastMillis() - said.startMillis()) / 1000, "speed_decikmh", (long)
                        said.speedDeciKmh()),
                facts,
                said.points()));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(vehicles.size());
        for (Map.Entry<Integer, Vehicle> entry : vehicles.entrySet()) {
            out.writeInt(entry.getKey());
            Vehicle vehicle = entry.getValue();
            out.writeInt(vehicle.platform.size());
            for (Platform platform : vehicle.platform) {
                writeId(platform.id(), out);
                out.writeUTF(platform.rule().name());
                out.writeLong(platform.startMillis());
                out.writeLong(platform.endMillis());
            }
            out.writeInt(vehicle.own.size());
            for (Own own : vehicle.own) {
                write(own, out);
            }
        }
    }

    void readFrom(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int vehicleId = in.readInt();
            Vehicle vehicle = new Vehicle();
            vehicles.put(vehicleId, vehicle);
            int platforms = in.readInt();
            for (int k = 0; k < platforms; k++) {
                Platform platform = new Platform(readId(in), Rule.valueOf(in.readUTF()), in.readLong(), in.readLong());
                vehicle.platform.add(platform);
                whereabouts.put(platform.id(), vehicleId);
            }
            int owns = in.readInt();
            for (int k = 0; k < owns; k++) {
                vehicle.own.add(readOwn(vehicleId, in));
            }
        }
    }

    private static void writeId(UUID id, DataOutput out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static void write(Own own, DataOutput out) throws IOException {
        TerminalStretch said = own.said;
        TerminalAlarm alarm = said.alarm();
        out.writeInt(own.revision);
        UUID to = own.joinedTo;
        out.writeBoolean(to != null);
        if (to != null) {
            writeId(to, out);
        }
        out.writeUTF(alarm.code());
        out.writeByte(alarm.severity().level());
        out.writeBoolean(alarm.prompt());
        Rule judgedBy = alarm.judgedBy();
        out.writeUTF(judgedBy == null ? "" : judgedBy.name());
        Integer driver = said.driverId();
        out.writeInt(driver == null ? -1 : driver);
        out.writeLong(said.startMillis());
        out.writeLong(said.lastMillis());
        String endedBy = said.endedBy();
        out.writeUTF(endedBy == null ? "" : endedBy);
        out.writeBoolean(said.backfill());
        out.writeInt(said.speedDeciKmh());
        out.writeInt(said.points().size());
        for (EvidencePoint point : said.points()) {
            out.writeUTF(point.role().name());
            out.writeLong(point.deviceMillis());
            out.writeUTF(point.bodyHex());
        }
    }

    private static Own readOwn(int vehicleId, DataInput in) throws IOException {
        int revision = in.readInt();
        UUID to = in.readBoolean() ? readId(in) : null;
        String code = in.readUTF();
        Severity severity = Severity.of(in.readByte());
        boolean prompt = in.readBoolean();
        String judgedBy = in.readUTF();
        TerminalAlarm alarm =
                new TerminalAlarm(code, severity, prompt, judgedBy.isEmpty() ? null : Rule.valueOf(judgedBy));
        int driver = in.readInt();
        long start = in.readLong();
        long last = in.readLong();
        String endedBy = in.readUTF();
        boolean backfill = in.readBoolean();
        int speed = in.readInt();
        int points = in.readInt();
        List<EvidencePoint> evidence = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            evidence.add(new EvidencePoint(EvidencePoint.Role.valueOf(in.readUTF()), in.readLong(), in.readUTF()));
        }
        Own own = new Own(new TerminalStretch(
                vehicleId,
                alarm,
                driver < 0 ? null : driver,
                start,
                last,
                endedBy.isEmpty() ? null : endedBy,
                backfill,
                speed,
                evidence));
        own.revision = revision;
        own.joinedTo = to;
        return own;
    }
}
