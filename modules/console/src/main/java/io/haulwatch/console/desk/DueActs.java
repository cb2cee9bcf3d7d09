package io.haulwatch.console.desk;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmStream;
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
import io.haulwatch.console.port.CommandDesk;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk's clock: lets acts take effect when they can be undone no more, and gives back claims that ran out. What is due is rows, so a restart loses
 * nothing; an act takes effect in one transaction, once.
 */
public final class DueActs {
    private static final Logger LOG = LoggerFactory.getLogger(DueActs.class);
    private static final int AT_ONCE = 100;

    private final ScopedDatabase database;
    private final Acts acts;
    private final Trail trail;
    private final DeskWork work;
    private final CaseOpener cases;
    private final CommandQueries commands;
    private final CommandDesk gateway;
    private final AlarmStream stream;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    DueActs(
            ScopedDatabase database,
            Acts acts,
            Trail trail,
            DeskWork work,
            CaseOpener cases,
            CommandQueries commands,
            CommandDesk gateway,
            AlarmStream stream,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.database = database;
        this.acts = acts;
        this.trail = trail;
        this.work = work;
        this.cases = cases;
        this.commands = commands;
        this.gateway = gateway;
        this.stream = stream;
        this.ids = ids;
        this.clock = clock;
    }

    /** Does what is due by now. */
    public void look() {
        try {
            Instant now = clock.instant();
            List<Act> due =
                    database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> acts.due(connection, now, AT_ONCE));
            for (Act act : due) {
                settle(act);
            }
            for (UUID id : database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> ranOut(connection, now))) {
                giveBack(id);
            }
        } catch (SQLException e) {
            LOG.debug("what is due at the desk waits until the database answers: {}", e.getMessage());
        }
    }

    private void settle(Act act) throws SQLException {
        Effect effect;
        try {
            effect = database.write(Scope.ALL, act.begunBy(), connection -> takeEffect(connection, act));
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
                throw e;
            }
            // It would stand in the way of all others for good.
            LOG.error("an act at the desk could not take effect: act={}", act.id(), e);
            effect = database.write(
                    Scope.ALL, act.begunBy(), connection -> fail(connection, act, "The database refused it."));
        }
        tell(effect);
    }

    private void tell(Effect effect) {
        if (effect.command != null) {
            gateway.submit(effect.vehicleId, effect.command);
        }
        if (effect.news != null) {
            stream.tell(effect.news);
        }
    }

    private void giveBack(UUID id) throws SQLException {
        AlarmNews news = database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                    Work held = WorkTable.hold(connection, Scope.ALL, id).orElse(null);
                    Instant now = clock.instant();
                    if (held == null
                            || held.handling() != Handling.CLAIMED
                            || held.heldUntil() == null
                            || Work.isLive(held.heldUntil(), now)) {
                        return Optional.<AlarmNews>empty();
                    }
                    return Optional.of(work.expire(connection, held));
                })
                .orElse(null);
        if (news != null) {
            stream.tell(news);
        }
    }

    private static List<UUID> ranOut(Connection connection, Instant now) throws SQLException {
        return new SqlText(
                        "select episode_id from hw.episode where handling = 'claimed' and (held_until <= ? or held_until > ?)"
                                + " order by episode_id limit ?",
                        now,
                        now.plus(Work.HOLD).plus(Work.SLACK),
                        AT_ONCE)
                .list(connection, row -> row.getObject(1, UUID.class));
    }

    private Effect takeEffect(Connection connection, Act due) throws SQLException {
        Work held = WorkTable.hold(connection, Scope.ALL, due.episodeId()).orElse(null);
        // Somebody may have undone it while this waited for the row.
        Act act = acts.one(connection, Scope.ALL, due.id()).orElse(null);
        Instant now = clock.instant();
        if (held == null || act == null || !act.state().equals("pending") || !Acts.isDue(act, now)) {
            return Effect.NONE;
        }
        if (!held.stands()) {
            return fail(connection, act, held, "The rules have withdrawn the alarm.");
        }
        Duties duties = Duties.read(connection);
        Outcome outcome = switch (act.kind()) {
            case TEXT -> text(connection, act, held, now);
            case CALL -> call(act, held, duties, now);
            case NOTICE -> notice(connection, act, held, duties, now);
            case FALSE -> dismiss(act, held, duties, now);
            case ESCALATE -> escalate(connection, act, held, duties, now);
        };
        if (outcome.failure != null) {
            return fail(connection, act, held, outcome.failure);
        }
        acts.finish(connection, act.id(), "done", null, now, null, outcome.command);
        AlarmNews news = trail.step(
                connection,
                held,
                outcome.step,
                outcome.change,
                new Doer(act.begunBy(), act.address()),
                kind(act),
                said(act),
                Map.of("content", act.content().toString()),
                now);
        return new Effect(news, held.vehicleId(), outcome.command);
    }

    private Outcome text(Connection connection, Act act, Work held, Instant now) throws SQLException {
        if (SeenVehicle.find(connection, Scope.ALL, held.vehicleId()).isEmpty()) {
            return Outcome.failed("The truck is out of service.");
        }
        if (commands.unfinished(connection, Scope.ALL, held.vehicleId()) >= CommandRoutes.MOST_UNFINISHED) {
            return Outcome.failed("Too many commands of this truck wait.");
        }
        UUID command = ids.get();
        commands.add(
                connection,
                command,
                held.companyId(),
                held.vehicleId(),
                "TEXT",
                act.content(),
                act.begunBy(),
                now.plus(CommandRoutes.EXPIRES_AFTER),
                0);
        return new Outcome(Step.RESOLVE, Change.to(Handling.RESOLVED).settled(act.begunBy(), now), command, null);
    }

    private static Outcome call(Act act, Work held, Duties duties, Instant now) {
        String outcome = act.content().path("outcome").asText();
        if (outcome.equals("reached") || outcome.equals("promised")) {
            return new Outcome(Step.RESOLVE, Change.to(Handling.RESOLVED).settled(act.begunBy(), now), null, null);
        }
        Instant again = duties.due(Duties.INTERVENE, held.severity(), now);
        return new Outcome(Step.CALL_AGAIN, Change.to(Handling.NEW).due(Duties.INTERVENE, again), null, null);
    }

    private static Outcome notice(Connection connection, Act act, Work held, Duties duties, Instant now)
            throws SQLException {
        Instant deadline = now.plus(ActContent.deadline(act.content(), held, duties));
        Notices.add(connection, act, deadline, now);
        return new Outcome(
                Step.SEND_NOTICE, Change.to(Handling.COMPANY_ASKED).due(Duties.COMPANY, deadline), null, null);
    }

    private Outcome escalate(Connection connection, Act act, Work held, Duties duties, Instant now)
            throws SQLException {
        cases.open(connection, held, act.note(), act.begunBy(), now);
        Instant due = duties.due(Duties.RECTIFY, held.severity(), now);
        return new Outcome(Step.ESCALATE, Change.to(Handling.IN_CASE).due(Duties.RECTIFY, due), null, null);
    }

    private static Outcome dismiss(Act act, Work held, Duties duties, Instant now) {
        if (held.severity() < ActContent.SECOND_PERSON) {
            return new Outcome(Step.DISMISS, Change.to(Handling.FALSE).settled(act.begunBy(), now), null, null);
        }
        Change change = Change.to(Handling.SECOND_PERSON)
                .asked(act.begunBy())
                .due(Duties.VERIFY, duties.due(Duties.VERIFY, held.severity(), now));
        return new Outcome(Step.ASK_SECOND_PERSON, change, null, null);
    }

    /** The word of the alarm's history: of a call what came of it, of a false alarm why. */
    private static String kind(Act act) {
        return switch (act.kind()) {
            case CALL -> "call_" + act.content().path("outcome").asText();
            case FALSE -> "false_" + act.content().path("reason").asText();
            case TEXT, NOTICE, ESCALATE -> act.kind().word();
        };
    }

    /** What it says besides. */
    private static String said(Act act) {
        String own = switch (act.kind()) {
            case TEXT -> act.content().path("text").asText();
            case CALL -> "";
            case NOTICE -> act.content().path("words").asText();
            case FALSE, ESCALATE -> "";
        };
        return own.isEmpty() ? act.note() : act.note().isEmpty() ? own : own + "\n" + act.note();
    }

    private Effect fail(Connection connection, Act act, String why) throws SQLException {
        Work held = WorkTable.hold(connection, Scope.ALL, act.episodeId()).orElseThrow();
        return fail(connection, act, held, why);
    }

    /** It takes no effect, and the alarm is due again: nobody may believe that something was done. */
    private Effect fail(Connection connection, Act act, Work held, String why) throws SQLException {
        Instant now = clock.instant();
        if (!acts.finish(connection, act.id(), "failed", null, now, why, null)) {
            return Effect.NONE;
        }
        Change change = Change.to(Handling.NEW)
                .due(Duties.INTERVENE, Duties.read(connection).due(Duties.INTERVENE, held.severity(), now));
        return new Effect(
                trail.step(
                        connection,
                        held,
                        Step.FAIL,
                        change,
                        Doer.CLOCK,
                        "fail",
                        act.kind().word() + ": " + why,
                        now),
                held.vehicleId(),
                null);
    }

    /**
     * What an act leads to.
     *
     * @param command the text that goes to the cab
     * @param failure why it leads nowhere
     */
    private record Outcome(
            Step step,
            Change change,
            @Nullable UUID command,
            @Nullable String failure) {
        static Outcome failed(String why) {
            return new Outcome(Step.FAIL, Change.to(Handling.NEW), null, why);
        }
    }

    /** What to do once it is stored. @param command for the gateway */
    private record Effect(
            @Nullable AlarmNews news,
            int vehicleId,
            @Nullable UUID command) {
        static final Effect NONE = new Effect(null, 0, null);
    }
}
