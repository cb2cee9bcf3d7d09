package io.haulwatch.console.driver;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.port.DrivenTimes;
import io.haulwatch.console.port.DrivenTimes.Drive;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.study.StudyWhileDriving;
import io.haulwatch.training.study.StudyWhileDriving.Interval;
import io.haulwatch.training.study.StudyWhileDriving.Judged;
import io.haulwatch.training.study.StudyWhileDriving.Stretch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what was studied at the wheel and is known only later (行驶中学习): a terminal had stored its positions, a card's message came late. Every
 * ten minutes the rules are asked when those drove who studied within three days; what overlaps is void. It is taken from the lesson, its task and
 * its day, written down, and told to the driver and to whoever wants to know. A task that is closed stays closed, and so does its row of the ledger: it is listed with its
 * certificate, and people decide.
 */
final class StudyAtTheWheel {
    private static final Logger LOG = LoggerFactory.getLogger(StudyAtTheWheel.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    /** As far back as the rules judge anew what comes late. */
    private static final Duration BACK = Duration.ofDays(3);

    private static final int ASKED_AT_ONCE = 200;
    private static final long ANSWER_MILLIS = 5_000;
    private static final long SECOND = 1_000;

    private final ScopedDatabase database;
    private final DrivenTimes drivenTimes;
    private final StudyBook studies;
    private final AuditLog audit;
    private final InstantSource clock;
    private @Nullable Instant looked;

    StudyAtTheWheel(
            ScopedDatabase database, DrivenTimes drivenTimes, StudyBook studies, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.drivenTimes = drivenTimes;
        this.studies = studies;
        this.audit = audit;
        this.clock = clock;
    }

    /** Looks again if it is time; called again and again by one thread. */
    void look() {
        Instant now = clock.instant();
        Instant last = looked;
        if (last != null && last.plus(EVERY).isAfter(now) && !last.isAfter(now)) {
            return;
        }
        looked = now;
        try {
            look(now);
        } catch (SQLException e) {
            LOG.debug("study at the wheel is looked for again once the database answers: {}", e.getMessage());
        } catch (TimeoutException e) {
            LOG.debug("study at the wheel is looked for again once the rules answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Instant now) throws SQLException, TimeoutException, InterruptedException {
        Instant since = now.minus(BACK);
        List<Integer> drivers = database.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "select distinct driver_id from hw.study_stretch where ended_at >= ? and credited_ms > 0 order by driver_id",
                                since)
                        .list(connection, row -> row.getInt(1)));
        for (int i = 0; i < drivers.size(); i += ASKED_AT_ONCE) {
            Map<Integer, CompletableFuture<List<Drive>>> asked = new LinkedHashMap<>();
            for (int driver : drivers.subList(i, Math.min(drivers.size(), i + ASKED_AT_ONCE))) {
                asked.put(driver, drivenTimes.of(driver));
            }
            for (var each : asked.entrySet()) {
                List<Drive> drives = answer(each.getKey(), each.getValue());
                if (!drives.isEmpty()) {
                    judge(each.getKey(), drives, since, now);
                }
            }
        }
    }

    private static List<Drive> answer(int driver, CompletableFuture<List<Drive>> asked)
            throws TimeoutException, InterruptedException {
        try {
            return asked.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.warn("the rules do not say when driver {} drove", driver, e.getCause());
            return List.of();
        }
    }

    /** One task a transaction: whoever learns holds one task too, and never two. */
    private void judge(int driver, List<Drive> drives, Instant since, Instant now) throws SQLException {
        List<Long> tasks = database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
            Map<Long, Boolean> concerned = new LinkedHashMap<>();
            for (Timed each : stretches(connection, driver, since)) {
                if (each.judge(drives).voidMillis() > 0) {
                    concerned.put(each.task, true);
                }
            }
            return List.copyOf(concerned.keySet());
        });
        for (long task : tasks) {
            database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                takeBack(connection, driver, task, drives, since, now);
                return true;
            });
        }
    }

    private record Timed(long id, long study, long task, Stretch stretch) {
        Judged judge(List<Drive> drives) {
            return StudyWhileDriving.subtract(
                            List.of(stretch),
                            drives.stream()
                                    .filter(drive -> drive.toMillis() > drive.fromMillis())
                                    .map(drive -> new Interval(drive.fromMillis(), drive.toMillis()))
                                    .toList())
                    .getFirst();
        }
    }

    private static List<Timed> stretches(Connection connection, int driver, Instant since) throws SQLException {
        return new SqlText(
                        "select stretch_id, study_id, task_id, begun_at, ended_at, credited_ms from hw.study_stretch"
                                + " where driver_id = ? and ended_at >= ? and credited_ms > 0 order by begun_at, stretch_id",
                        driver,
                        since)
                .list(connection, row -> {
                    long from = row.getTimestamp(4).getTime();
                    long to = row.getTimestamp(5).getTime();
                    return new Timed(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            new Stretch(from, to, Math.min(row.getInt(6), to - from)));
                });
    }

    /** What is void of one lesson. */
    private static final class Finding {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        long drivenMillis;
        long voidMillis;
    }

    private void takeBack(Connection connection, int driver, long task, List<Drive> drives, Instant since, Instant now)
            throws SQLException {
        TaskBook.Task held = TaskBook.hold(connection, driver, task);
        Map<Long, Finding> findings = new TreeMap<>();
        for (Timed each : stretches(connection, driver, since)) {
            Judged judged = each.judge(drives);
            if (each.task == task && judged.voidMillis() > 0) {
                new SqlText(
                                "update hw.study_stretch set credited_ms = credited_ms - ?, void_ms = void_ms + ? where stretch_id = ?",
                                judged.voidMillis(),
                                judged.voidMillis(),
                                each.id)
                        .run(connection);
                Finding finding = findings.computeIfAbsent(each.study, none -> new Finding());
                finding.from = Math.min(finding.from, each.stretch.startMillis());
                finding.to = Math.max(finding.to, each.stretch.endMillis());
                finding.drivenMillis += judged.drivingMillis();
                finding.voidMillis += judged.voidMillis();
            }
        }
        int sum = 0;
        long last = 0;
        for (var each : findings.entrySet()) {
            Finding finding = each.getValue();
            int seconds = studies.takeBack(connection, driver, each.getKey(), finding.voidMillis, now);
            StudyDays.takeBack(connection, task, seconds, Instant.ofEpochMilli(finding.to));
            last = new SqlText(
                            """
                            insert into hw.study_at_wheel (study_id, task_id, company_id, driver_id, vehicle_id, begun_at, ended_at, driven_s, void_s,
                                found_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning finding_id
                            """,
                            each.getKey(),
                            task,
                            held.companyId(),
                            driver,
                            truck(finding, drives),
                            Instant.ofEpochMilli(finding.from),
                            Instant.ofEpochMilli(finding.to),
                            (int) (finding.drivenMillis / SECOND),
                            seconds,
                            now)
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
            sum += seconds;
        }
        if (findings.isEmpty()) {
            return;
        }
        new SqlText(
                        "insert into hw.outbox (company_id, event, object) select ?, 'study_at_wheel', ?::text from hw.outbox_switch where wanted",
                        held.companyId(),
                        Long.toString(last))
                .run(connection);
        new SqlText(
                        "insert into hw.driver_message (company_id, driver_id, kind, task_id, words, at) values (?, ?, 'driving', ?, ?, ?)",
                        held.companyId(),
                        driver,
                        task,
                        Integer.toString(Math.ceilDiv(sum, 60)),
                        now)
                .run(connection);
        Map<String, Object> detail = new HashMap<>();
        detail.put("driver", driver);
        detail.put("seconds", sum);
        detail.put("lessons", new ArrayList<>(findings.keySet()));
        audit.add(connection, null, "study.at_wheel", "training_task:" + task, detail, "");
        LOG.info(
                "studied at the wheel: driver={}, task={}, seconds={}, task state={}", driver, task, sum, held.state());
    }

    /** The truck that he drove then. */
    private static int truck(Finding finding, List<Drive> drives) {
        return drives.stream()
                .filter(drive -> drive.fromMillis() < finding.to && drive.toMillis() > finding.from)
                .mapToInt(Drive::vehicleId)
                .findFirst()
                .orElseThrow();
    }
}
