package io.haulwatch.console.desk;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.commands.CommandQueries;
import io.haulwatch.console.commands.CommandRoutes;
import io.haulwatch.console.desk.Acts.Act;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What people do at the desk. Each method is one transaction's worth: it holds the alarm's row, asks the table of steps, changes it, and writes it down.
 * Two who do it at once are one after the other; the second is told who was first.
 */
final class DeskWork {
    private final Acts acts;
    private final Trail trail;
    private final CommandQueries commands;
    private final InstantSource clock;

    DeskWork(Acts acts, Trail trail, CommandQueries commands, InstantSource clock) {
        this.acts = acts;
        this.trail = trail;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Takes an alarm, or keeps it for another while. A lead takes it over from somebody, who then cannot undo any more what he began.
     *
     * @return what to tell; empty if it was his already
     */
    List<AlarmNews> claim(Connection connection, Call call, UUID id, boolean takeOver) throws SQLException {
        int me = call.user().userId();
        Work work = standing(connection, call, id);
        // The clock is read once the row is held: whoever waited for it comes later than who had it.
        Instant now = clock.instant();
        Instant until = now.plus(Work.HOLD);
        if (work.handling() == Handling.ACTING && work.heldBy() != null && work.heldBy() == me) {
            // He acted before his claim was made: it is his.
            return List.of();
        }
        if (work.handling() == Handling.CLAIMED && work.isHeldBy(me, now)) {
            WorkTable.renew(connection, work, until);
            return List.of();
        }
        if (takeOver && !call.user().may(Right.LEAD_DESK)) {
            throw Refusal.notAllowed(
                    "This takes " + Right.LEAD_DESK.words() + ", which " + Right.LEAD_DESK.holders() + " hold.");
        }
        if (!takeOver) {
            refuseIfOthers(work, me, now);
        }
        Doer doer = Doer.of(call);
        if (work.handling() == Handling.ACTING) {
            Act act = acts.pending(connection, id).orElseThrow();
            acts.finish(connection, act.id(), "undone", me, now, null, null);
            return List.of(trail.step(
                    connection,
                    work,
                    Step.UNDO,
                    Change.to(Handling.CLAIMED).held(me, until),
                    doer,
                    "take_over",
                    act.kind().word(),
                    now));
        }
        open(work, Step.CLAIM);
        Duties duties = Duties.read(connection);
        Change change = Change.to(Handling.CLAIMED).held(me, until);
        if (work.handling() == Handling.NEW || work.handling() == Handling.CLAIMED) {
            change = work.duty().equals(Duties.ACK)
                    ? change.due(Duties.INTERVENE, duties.firstDue(Duties.INTERVENE, work))
                    : change;
        }
        return List.of(trail.step(
                connection,
                work,
                Step.CLAIM,
                change,
                doer,
                takeOver && work.isHeldByOther(me, now) ? "take_over" : "claim",
                "",
                now));
    }

    /** Gives an alarm back that he has done nothing about. @return what to tell; empty if it was not his */
    List<AlarmNews> release(Connection connection, Call call, UUID id) throws SQLException {
        int me = call.user().userId();
        Work work = held(connection, call.scope(), id);
        Instant now = clock.instant();
        if (work.handling() != Handling.CLAIMED || work.heldBy() == null || work.heldBy() != me) {
            return List.of();
        }
        return List.of(trail.step(
                connection, work, Step.RELEASE, givenBack(connection, work), Doer.of(call), "release", "", now));
    }

    /** Begins an act. @return what to tell */
    AlarmNews begin(Connection connection, Call call, UUID id, ActContent content, UUID batch) throws SQLException {
        int me = call.user().userId();
        Work work = standing(connection, call, id);
        Instant now = clock.instant();
        refuseIfOthers(work, me, now);
        refuseIfActing(work, me);
        open(work, Step.BEGIN);
        content.fits(work);
        if (content.kind() == ActContent.Kind.TEXT) {
            refuseUnlessItHears(connection, call.scope(), work);
        }
        acts.add(connection, work, content, batch, me, now, call.address());
        return trail.step(
                connection,
                work,
                Step.BEGIN,
                Change.to(Handling.ACTING).held(me, now.plus(Acts.UNDO)),
                Doer.of(call),
                "begin",
                content.kind().word(),
                now);
    }

    /** Takes back what was begun, and what was begun together with it. @return what to tell */
    List<AlarmNews> undo(Connection connection, Call call, long actId) throws SQLException {
        int me = call.user().userId();
        Act asked = acts.one(connection, call.scope(), actId)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such act among those that you may see: id=" + actId + "."));
        if (asked.begunBy() != me) {
            throw Refusal.ruleBroken(
                    "act-of-another", "Only who began it can undo it; a lead takes the alarm over instead.");
        }
        List<AlarmNews> told = new ArrayList<>();
        for (Act each : acts.ofBatch(connection, call.scope(), asked.batch())) {
            // The alarm's row first, as everybody holds it; the act is then what it stays.
            Work work = held(connection, call.scope(), each.episodeId());
            Act act = acts.one(connection, call.scope(), each.id()).orElseThrow();
            if (!act.state().equals("pending")) {
                continue;
            }
            Instant now = clock.instant();
            boolean tooLate = !act.takesEffectAt().isAfter(now);
            if (tooLate || !acts.finish(connection, act.id(), "undone", me, now, null, null)) {
                continue;
            }
            told.add(trail.step(
                    connection,
                    work,
                    Step.UNDO,
                    Change.to(Handling.CLAIMED).held(me, now.plus(Work.HOLD)),
                    Doer.of(call),
                    "undo",
                    act.kind().word(),
                    now));
        }
        if (told.isEmpty()) {
            throw tooLate(connection, asked, me);
        }
        return told;
    }

    /** A second person says whether an alarm was none. @return what to tell */
    AlarmNews decide(Connection connection, Call call, UUID id, boolean approve, String note) throws SQLException {
        int me = call.user().userId();
        Work work = held(connection, call.scope(), id);
        Instant now = clock.instant();
        Step step = approve ? Step.APPROVE : Step.REJECT;
        open(work, step);
        if (work.askedBy() != null && work.askedBy() == me) {
            throw Refusal.ruleBroken(
                    "alarm-second-person", "Another person must decide on an alarm that you called false.");
        }
        if (!approve && note.isEmpty()) {
            throw Refusal.ruleBroken("note-needed", "Whoever rejects says why in the note.");
        }
        Change change = approve
                ? Change.to(Handling.FALSE).settled(me, now)
                : Change.to(Handling.NEW)
                        .due(Duties.INTERVENE, Duties.read(connection).due(Duties.INTERVENE, work.severity(), now));
        return trail.step(connection, work, step, change, Doer.of(call), approve ? "approve" : "reject", note, now);
    }

    /** A claim that ran out. */
    AlarmNews expire(Connection connection, Work work) throws SQLException {
        return trail.step(
                connection,
                work,
                Step.EXPIRE,
                givenBack(connection, work),
                Doer.CLOCK,
                "expire",
                work.holder() == null ? "" : work.holder(),
                clock.instant());
    }

    private static Change givenBack(Connection connection, Work work) throws SQLException {
        Change change = Change.to(Handling.NEW);
        // Who looked and did nothing has not put anything off; what was due again stays due.
        return work.duty().equals(Duties.INTERVENE)
                        && work.dueAt().equals(Duties.read(connection).firstDue(Duties.INTERVENE, work))
                ? change.due(Duties.ACK, Duties.read(connection).firstDue(Duties.ACK, work))
                : change;
    }

    /** Why it is too late: it took effect, or somebody took over and undid it; and who acted since. */
    private Refusal tooLate(Connection connection, Act act, int me) throws SQLException {
        Acts.Since since = acts.since(connection, act, me);
        String who = since.by() == null
                ? ""
                : " Since then " + since.by() + " has acted on the alarm: " + since.kind() + ".";
        return Refusal.conflict(
                since.by() == null ? "undo-too-late" : "undo-overtaken",
                "It cannot be undone any more: an act takes effect after " + Acts.UNDO.toSeconds() + " s, at "
                        + Json.time(act.takesEffectAt()) + "." + who);
    }

    private static void refuseIfOthers(Work work, int me, Instant now) {
        if (work.handling() == Handling.ACTING && (work.heldBy() == null || work.heldBy() != me)) {
            throw Refusal.conflict(
                    "alarm-held", "Somebody else has just acted on this alarm: holder=" + work.holder() + ".");
        }
        if (work.isHeldByOther(me, now)) {
            throw Refusal.conflict("alarm-held", "Somebody else works on this alarm: holder=" + work.holder() + ".");
        }
    }

    private static void refuseIfActing(Work work, int me) {
        if (work.handling() == Handling.ACTING && work.heldBy() != null && work.heldBy() == me) {
            throw Refusal.conflict("alarm-acting", "You have begun something about this alarm already; undo it first.");
        }
    }

    /** @throws Refusal if no text can reach the cab */
    private void refuseUnlessItHears(Connection connection, Scope scope, Work work) throws SQLException {
        if (SeenVehicle.find(connection, scope, work.vehicleId()).isEmpty()) {
            throw Refusal.ruleBroken("truck-gone", "The truck is out of service; no text can reach its cab.");
        }
        if (commands.unfinished(connection, scope, work.vehicleId()) >= CommandRoutes.MOST_UNFINISHED) {
            throw Refusal.ruleBroken(
                    "too-many-commands",
                    "At most " + CommandRoutes.MOST_UNFINISHED + " commands of one vehicle may wait.");
        }
    }

    private static void open(Work work, Step step) {
        if (!step.isOpenTo(work.handling())) {
            throw Refusal.conflict(
                    work.handling().isOpen() ? "alarm-waits" : "alarm-settled",
                    "An alarm that is " + work.handling().word() + " does not take this step: step="
                            + step.name().toLowerCase(Locale.ROOT) + ".");
        }
    }

    private static Work standing(Connection connection, Call call, UUID id) throws SQLException {
        Work work = held(connection, call.scope(), id);
        if (!work.stands()) {
            throw Refusal.conflict(
                    "alarm-withdrawn", "The rules do not stand by this alarm any more: state=" + work.state() + ".");
        }
        return work;
    }

    private static Work held(Connection connection, Scope scope, UUID id) throws SQLException {
        return WorkTable.hold(connection, scope, id)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such alarm among those that you may see: id=" + id + "."));
    }
}
