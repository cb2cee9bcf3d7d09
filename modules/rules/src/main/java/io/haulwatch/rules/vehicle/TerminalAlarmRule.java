package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.TERMINAL;

import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.terminal.SafetyItem;
import io.haulwatch.rules.terminal.TerminalAlarm;
import io.haulwatch.rules.terminal.TerminalStretch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal calls an alarm (终端报警), one stretch for as long as it says so: said again within a minute it is the same, and what the platform
 * judges too never bridges more than two minutes without a report. Asked only for reports that carry an alarm and for vehicles that have one, so the fleet's ordinary positions cost a look
 * at two numbers. Source: {@code docs/rules/terminal-alarms.md}.
 */
final class TerminalAlarmRule {
    /** The terminal says it no longer. */
    static final String BY_CLEARED = "cleared";

    /** Said again within this after a report without it, it is one stretch, ms. */
    private static final long MERGE_MILLIS = 60_000;
    /** What the platform judges too is told when it has had the time to, ms. */
    private static final long DEFER_MILLIS = 60_000;

    /** Two reports in a row that carry it are one stretch up to this spacing, ms: as speeding is judged, and as a sleeping truck reports. */
    private static final long GAP_MILLIS = 120_000;

    private static final long STANDING_GAP_MILLIS = 3_600_000;
    /** An active-safety alarm whose end never comes, ms. */
    private static final long LONGEST_MILLIS = 3_600_000;

    private final VehicleBlocks blocks;
    private final Standings standings;
    private final VehicleSink sink;
    private final Map<Integer, List<Run>> runs = new HashMap<>();
    /** Empty between two reports; taken by the next vehicle that begins one. A terminal may set a flag that names nothing all day long. */
    private List<Run> spare = new ArrayList<>(2);

    /** A stretch on its way. */
    private static final class Run {
        final TerminalAlarm alarm;
        final boolean safety;
        final long start;
        final boolean backfill;
        final int speedDeciKmh;
        final Stretch.Point opening = new Stretch.Point();
        long last;
        /** An active-safety alarm that has started and will say when it ends. */
        boolean held;
        /** A report without it has come since {@link #last}. */
        boolean interrupted;

        boolean told;
        boolean toldEnd;

        Run(TerminalAlarm alarm, boolean safety, long start, boolean backfill, int speedDeciKmh) {
            this.alarm = alarm;
            this.safety = safety;
            this.start = start;
            this.last = start;
            this.backfill = backfill;
            this.speedDeciKmh = speedDeciKmh;
        }
    }

    TerminalAlarmRule(VehicleBlocks blocks, Standings standings, VehicleSink sink) {
        this.blocks = blocks;
        this.standings = standings;
        this.sink = sink;
    }

    /** Whether a report has anything to do with this rule. */
    boolean concerns(PositionRecord position, int base) {
        return position.alarms() != 0
                || (position.flags() & PositionRecord.FLAG_SAFETY) != 0
                || TERMINAL.isSet(blocks.words, base);
    }

    /** Takes a report in that comes in order, whether or not its place is believed. */
    void step(Fix fix) {
        List<Run> known = runs.get(fix.dense);
        List<Run> mine = known == null ? spare : known;
        if (known == null) {
            // Of a report that broke off.
            mine.clear();
        }
        boolean is2019 = (fix.position.flags() & PositionRecord.FLAG_2019) != 0;
        int alarms = fix.position.alarms();
        while (alarms != 0) {
            TerminalAlarm alarm = TerminalAlarm.ofBit(Integer.numberOfTrailingZeros(alarms), is2019);
            alarms &= alarms - 1;
            if (alarm != null) {
                seen(fix, mine, alarm);
            }
        }
        if ((fix.position.flags() & PositionRecord.FLAG_SAFETY) != 0) {
            for (SafetyItem item : SafetyItem.of(fix.position)) {
                seen(fix, mine, item);
            }
        }
        settle(fix, mine);
        TERMINAL.set(blocks.words, fix.base, !mine.isEmpty());
        if (known == null && !mine.isEmpty()) {
            runs.put(fix.dense, mine);
            spare = new ArrayList<>(2);
        } else if (known != null && mine.isEmpty()) {
            runs.remove(fix.dense);
        }
    }

    /** Ends what this report does not carry and has not been carried for long enough. */
    private void settle(Fix fix, List<Run> mine) {
        for (Iterator<Run> each = mine.iterator(); each.hasNext(); ) {
            Run run = each.next();
            if (run.last == fix.time) {
                continue;
            }
            boolean gap = !run.held && !run.interrupted && fix.time - run.last > gapMillis(run.alarm);
            run.interrupted = true;
            if (run.held ? fix.time - run.start > LONGEST_MILLIS : fix.time - run.last > MERGE_MILLIS) {
                tell(fix.vehicleId, run, gap ? SpeedingRule.BY_GAP : run.held ? SpeedingRule.BY_SPLIT : BY_CLEARED);
                each.remove();
            }
        }
    }

    private static long gapMillis(TerminalAlarm alarm) {
        return alarm.judgedBy() == null ? STANDING_GAP_MILLIS : GAP_MILLIS;
    }

    /** The run that goes on with this report, or null after what was there has ended. */
    private @Nullable Run going(Fix fix, List<Run> mine, TerminalAlarm alarm, boolean safety) {
        Run run = find(mine, alarm, safety);
        if (run == null || run.held) {
            return run;
        }
        long since = fix.time - run.last;
        boolean gap = !run.interrupted && since > gapMillis(run.alarm);
        if (gap || (run.interrupted && since > MERGE_MILLIS)) {
            tell(fix.vehicleId, run, gap ? SpeedingRule.BY_GAP : BY_CLEARED);
            mine.remove(run);
            return null;
        }
        return run;
    }

    private void seen(Fix fix, List<Run> mine, TerminalAlarm alarm) {
        Run run = going(fix, mine, alarm, false);
        if (run == null) {
            run = begin(fix, mine, alarm, false);
        }
        run.last = fix.time;
        run.interrupted = false;
        if (run.toldEnd || (!run.told && (alarm.judgedBy() == null || fix.time - run.start >= DEFER_MILLIS))) {
            tell(fix.vehicleId, run, null);
        }
    }

    private void seen(Fix fix, List<Run> mine, SafetyItem item) {
        TerminalAlarm alarm = TerminalAlarm.ofSafety(item.kind(), item.type(), item.level());
        if (alarm == null) {
            return;
        }
        Run run = going(fix, mine, alarm, true);
        if (run == null) {
            if (item.flag() == SafetyItem.END) {
                // Its start was never seen; an end alone is no alarm.
                return;
            }
            run = begin(fix, mine, alarm, true);
        }
        run.last = fix.time;
        run.interrupted = false;
        run.held = item.flag() == SafetyItem.START;
        if (item.flag() == SafetyItem.END) {
            tell(fix.vehicleId, run, BY_CLEARED);
            mine.remove(run);
        } else if (!run.told || run.toldEnd) {
            tell(fix.vehicleId, run, null);
        }
    }

    private static @Nullable Run find(List<Run> mine, TerminalAlarm alarm, boolean safety) {
        for (Run run : mine) {
            if (run.safety == safety && run.alarm.code().equals(alarm.code())) {
                return run;
            }
        }
        return null;
    }

    private static Run begin(Fix fix, List<Run> mine, TerminalAlarm alarm, boolean safety) {
        Run run = new Run(alarm, safety, fix.time, fix.backfill, fix.gnss);
        run.opening.take(fix);
        mine.add(run);
        return run;
    }

    /** Ends what is told because the vehicle is silent. Nothing is settled: the next report decides. */
    void silence(int vehicleId, int dense) {
        for (Run run : runs.getOrDefault(dense, List.of())) {
            if (run.told && !run.toldEnd) {
                tell(vehicleId, run, SpeedingRule.BY_SILENCE);
            }
        }
    }

    private void tell(int vehicleId, Run run, @Nullable String endedBy) {
        run.told = true;
        run.toldEnd = endedBy != null;
        sink.terminal(new TerminalStretch(
                vehicleId,
                run.alarm,
                standings.at(vehicleId, run.start).driverOrNull(),
                run.start,
                run.last,
                endedBy,
                run.backfill,
                run.speedDeciKmh,
                List.of(run.opening.as(EvidencePoint.Role.OPENING))));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(runs.size());
        for (Map.Entry<Integer, List<Run>> entry : runs.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (Run run : entry.getValue()) {
                out.writeUTF(run.alarm.code());
                out.writeByte(run.alarm.severity().level());
                out.writeBoolean(run.alarm.prompt());
                out.writeUTF(
                        run.alarm.judgedBy() == null ? "" : run.alarm.judgedBy().name());
                out.writeBoolean(run.safety);
                out.writeLong(run.start);
                out.writeLong(run.last);
                out.writeBoolean(run.backfill);
                out.writeInt(run.speedDeciKmh);
                out.writeBoolean(run.held);
                out.writeBoolean(run.interrupted);
                out.writeBoolean(run.told);
                out.writeBoolean(run.toldEnd);
                run.opening.writeTo(out);
            }
        }
    }

    void readFrom(DataInput in) throws IOException {
        int vehicles = in.readInt();
        for (int i = 0; i < vehicles; i++) {
            int dense = in.readInt();
            int count = in.readInt();
            List<Run> mine = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                String code = in.readUTF();
                Severity severity = Severity.of(in.readByte());
                boolean prompt = in.readBoolean();
                String judgedBy = in.readUTF();
                TerminalAlarm alarm = new TerminalAlarm(
                        code,
                        severity,
                        prompt,
                        judgedBy.isEmpty() ? null : io.haulwatch.model.episode.Rule.valueOf(judgedBy));
                boolean safety = in.readBoolean();
                long start = in.readLong();
                long last = in.readLong();
                boolean backfill = in.readBoolean();
                Run run = new Run(alarm, safety, start, backfill, in.readInt());
                run.last = last;
                run.held = in.readBoolean();
                run.interrupted = in.readBoolean();
                run.told = in.readBoolean();
                run.toldEnd = in.readBoolean();
                run.opening.readFrom(in);
                mine.add(run);
            }
            runs.put(dense, mine);
        }
    }
}
