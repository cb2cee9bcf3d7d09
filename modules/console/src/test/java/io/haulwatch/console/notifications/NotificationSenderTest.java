package io.haulwatch.console.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.notifications.NotificationOptions.Mail;
import io.haulwatch.console.notifications.NotificationOptions.Security;
import io.haulwatch.console.notifications.Receivers.Wanted;
import io.haulwatch.console.papers.PaperReminders;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.secret.SecretBox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens in the database arrives at programs and mailboxes, whatever happens in between; time is moved by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationSenderTest {
    private static final String SELECT_STATES =
            "select state || ' ' || count(*) from hw.delivery group by state order by state";

    private final ObjectMapper json = Json.mapper();
    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-11-22T00:00:00Z").toEpochMilli());
    private final SecretBox secrets = SecretBox.of(new byte[SecretBox.KEY_BYTES], new SecureRandom());
    private final byte[] secret = Signature.newSecret(new SecureRandom());
    private ConsoleDatabase database;
    private ScopedDatabase scoped;
    private Vertx vertx;

    @BeforeAll
    void start() throws SQLException {
        database = new ConsoleDatabase();
        scoped = new ScopedDatabase(database.databases().app());
        vertx = Vertx.vertx();
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '渝捷达物流有限公司', '500112'), (2, '蓉通', '510104')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " values (1, 1, '渝B12345', 2, 'GENERAL'), (3, 2, '川A99999', 2, 'GENERAL')");
    }

    @AfterEach
    void forget() throws SQLException {
        database.run("truncate hw.delivery, hw.outbox, hw.episode cascade", "delete from hw.receiver");
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        database.close();
    }

    @Test
    void everyNotificationArrivesOnceAlthoughTheReceiverWasDownForAnHourAndTheSenderWasRestarted() throws Exception {
        Set<String> alarms = new HashSet<>();
        try (StandInReceiver receiver = new StandInReceiver()) {
            webhook(receiver.address(), 1, List.of());
            NotificationSender sender = sender(null);
            for (int minute = 0; minute < 62; minute++) {
                if (minute % 3 == 1) {
                    alarms.add(alarm(1, 2, "open"));
                }
                if (minute == 20 || minute == 45) {
                    sender.close();
                    sender = sender(null);
                }
                if (minute == 60) {
                    assertThat(receiver.got).isEmpty();
                    assertThat(database.column(SELECT_STATES)).containsExactly("waiting " + alarms.size());
                    receiver.on();
                }
                work(sender);
                ahead(Duration.ofMinutes(1));
            }
            sender.close();
            assertThat(database.column(SELECT_STATES)).containsExactly("arrived " + alarms.size());
            assertThat(receiver.got).hasSize(alarms.size());
            assertThat(receiver.got.stream().map(StandInReceiver.Got::id)).doesNotHaveDuplicates();
            Set<String> told = new HashSet<>();
            for (StandInReceiver.Got one : receiver.got) {
                JsonNode body = json.readTree(one.body());
                told.add(body.get("alarm").get("id").textValue());
                assertThat(body.get("id").textValue()).isEqualTo(one.id());
                assertThat(one.signature()).isEqualTo(signature(one));
            }
            assertThat(told).isEqualTo(alarms);
        }
    }

    @Test
    void aMessageThatWasUnderWayWhenTheSenderStoppedIsSentAgainUnderTheSameId() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver()) {
            receiver.on();
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            receiver.answers(got -> {
                taken.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 204;
            });
            webhook(receiver.address(), 1, List.of());
            alarm(1, 4, "open");
            NotificationSender first = sender(null);
            first.look();
            assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
            first.close();
            assertThat(database.column("select state from hw.delivery")).containsExactly("waiting");
            receiver.answers(got -> 204);
            try (NotificationSender second = sender(null)) {
                work(second);
            }
            assertThat(database.column("select state from hw.delivery")).containsExactly("arrived");
            assertThat(receiver.got).hasSize(2);
            assertThat(new HashSet<>(
                            receiver.got.stream().map(StandInReceiver.Got::id).toList()))
                    .hasSize(1);
        }
    }

    @Test
    void whatAReceiverNeverTakesBecomesADeadLetterHoldsNobodyUpAndGoesWhenItIsSentAgain() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver();
                NotificationSender sender = sender(null)) {
            receiver.on();
            String poison = alarm(1, 2, "open");
            receiver.answers(got -> got.body().contains(poison) ? 500 : 200);
            long id = webhook(receiver.address(), 1, List.of());
            alarm(1, 2, "open");
            // The poison was there first and is told of by its next change.
            database.run("update hw.episode set severity = 3 where episode_id = '" + poison + "'");
            Instant began = now();
            for (int tried = 1; tried <= Waits.MOST_TRIES; tried++) {
                work(sender);
                for (String next : database.column(
                        "select extract(epoch from next_at)::bigint from hw.delivery where state = 'waiting'")) {
                    at(Instant.ofEpochSecond(Long.parseLong(next) + 60));
                }
            }
            assertThat(Duration.between(began, now())).isBetween(Duration.ofHours(8), Duration.ofHours(9));
            assertThat(database.column(
                            "select state || ' ' || tries || ' ' || fault || ' ' || fault_detail from hw.delivery"
                                    + " where object = '" + poison + "'"))
                    .containsExactly("dead " + Waits.MOST_TRIES + " status 500");
            assertThat(database.column("select state from hw.delivery where object <> '" + poison + "'"))
                    .containsExactly("arrived");
            int before = receiver.got.size();
            ahead(Duration.ofDays(2));
            work(sender);
            assertThat(receiver.got).as("nobody tries any more").hasSize(before);

            receiver.answers(got -> 200);
            int again = scoped.write(
                    Scope.ALL,
                    1,
                    connection -> DeliveryRoutes.again(connection, Scope.ALL, "d.receiver_id = ?", id, now()));
            assertThat(again).isEqualTo(1);
            work(sender);
            assertThat(database.column(SELECT_STATES)).containsExactly("arrived 2");
            assertThat(receiver.got.getLast().body()).contains(poison);
            assertThat(new HashSet<>(
                            receiver.got.stream().map(StandInReceiver.Got::id).toList()))
                    .as("the same id, however often")
                    .hasSize(2);
        }
    }

    @Test
    void anEpisodeIsToldOnceToEachReceiverHoweverOftenItChanges() throws Exception {
        try (StandInReceiver all = new StandInReceiver();
                StandInReceiver heavy = new StandInReceiver();
                StandInReceiver other = new StandInReceiver();
                NotificationSender sender = sender(null)) {
            all.on();
            heavy.on();
            other.on();
            webhook(all.address(), 1, List.of());
            webhook(heavy.address(), 4, List.of(1));
            webhook(other.address(), 1, List.of(2));
            String id = alarm(1, 2, "prewarned");
            work(sender);
            assertThat(all.got).as("a prompt in the cab is no alarm yet").isEmpty();
            for (String change : List.of(
                    "state = 'open'",
                    "revision = 3, severity = 3",
                    "revision = 4, severity = 4",
                    "revision = 5, state = 'closed'",
                    "revision = 6, state = 'amended', severity = 3",
                    "revision = 7, state = 'withdrawn'",
                    "revision = 8, state = 'open', severity = 4")) {
                database.run("update hw.episode set " + change + " where episode_id = '" + id + "'");
                work(sender);
            }
            assertThat(all.got).hasSize(1);
            assertThat(heavy.got).as("told when it grew critical").hasSize(1);
            assertThat(json.readTree(heavy.got.getFirst().body())
                            .get("alarm")
                            .get("severity")
                            .intValue())
                    .isEqualTo(4);
            assertThat(other.got).as("another company's").isEmpty();
            assertThat(database.column("select count(*) from hw.outbox")).containsExactly("0");
        }
    }

    @Test
    void aRedirectIsNotFollowedASilentReceiverHoldsNobodyUpAndANameThatLeadsInsideIsNotCalled() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver()) {
            receiver.on();
            receiver.answers(got -> 302);
            assertThat(once(receiver, TargetRule.opening("127.0.0.0/8")))
                    .isEqualTo(new Outcome.Failed("redirect", "302"));
            assertThat(receiver.got.stream().map(StandInReceiver.Got::path)).containsExactly("/haulwatch");

            CountDownLatch never = new CountDownLatch(1);
            receiver.answers(got -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 200;
            });
            assertThat(((Outcome.Failed) once(receiver, TargetRule.opening("127.0.0.0/8"))).fault())
                    .isEqualTo("timeout");
            int before = receiver.got.size();
            assertThat(once(receiver, TargetRule.PUBLIC_ONLY))
                    .isEqualTo(new Outcome.Failed("target_closed", "127.0.0.1"));
            assertThat(receiver.got).hasSize(before);
        }
    }

    @Test
    void aLetterReachesItsMailboxOnceAndSaysWhyItDoesNot() throws Exception {
        try (StandInMailServer server = new StandInMailServer();
                NotificationSender sender = sender(mail(server.port(), Security.NONE))) {
            email("safety@company.example");
            email("nobody@company.example");
            alarm(1, 4, "open");
            work(sender);
            work(sender);
            assertThat(database.column(
                            "select r.address || ' ' || d.state || ' ' || coalesce(d.fault, '') from hw.delivery d"
                                    + " join hw.receiver r using (receiver_id) order by r.receiver_id"))
                    .containsExactly("safety@company.example arrived ", "nobody@company.example waiting mail_refused");
            assertThat(server.letters).hasSize(1);
            String letter = server.letters.getFirst();
            String id = database.column("select delivery_id from hw.delivery where state = 'arrived'")
                    .getFirst();
            assertThat(letter)
                    .contains(
                            "Message-ID: <" + id + "@haulwatch>", "From: haulwatch@centre.example", "Auto-Submitted:");
            String text = letter.substring(letter.indexOf("\n\n"));
            assertThat(new String(Base64.getMimeDecoder().decode(text.replaceAll("\\s", "")), StandardCharsets.UTF_8))
                    .contains("企业：渝捷达物流有限公司", "车辆：渝B12345", "级别：严重");
        }
        try (StandInMailServer server = new StandInMailServer();
                NotificationSender sender = sender(mail(server.port(), Security.STARTTLS))) {
            database.run("update hw.delivery set next_at = '2020-01-01' where state = 'waiting'");
            work(sender);
            assertThat(database.column("select fault from hw.delivery where state = 'waiting'"))
                    .containsExactly("mail_tls");
            assertThat(server.letters).as("nothing goes without TLS").isEmpty();
        }
    }

    @Test
    void papersThatRunOutAreOneLetterADayAndCompany() throws Exception {
        database.run(
                "insert into hw.driver (driver_id, company_id, name) values (1, 1, '陈国强') on conflict do nothing",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, expires, effective_from) values"
                        + " (1, 'VEHICLE', 1, 'veh.inspection', 'a', '2028-06-30', '-infinity'),"
                        + " (1, 'DRIVER', 1, 'drv.licence', 'b', '2028-06-25', '-infinity')");
        try (StandInMailServer server = new StandInMailServer();
                NotificationSender sender = sender(mail(server.port(), Security.NONE))) {
            email("safety@company.example");
            at(Instant.parse("2028-05-31T02:00:00Z"));
            PaperReminders reminders = new PaperReminders(scoped, this::now);
            reminders.look();
            reminders.look();
            work(sender);
            assertThat(server.letters).hasSize(1);
            String letter = server.letters.getFirst();
            assertThat(new String(
                            Base64.getMimeDecoder()
                                    .decode(letter.substring(letter.indexOf("\n\n"))
                                            .replaceAll("\\s", "")),
                            StandardCharsets.UTF_8))
                    .contains("2028-06-25  驾驶证  陈**（剩 25 天）", "2028-06-30  车辆年检  渝B12345（剩 30 天）")
                    .doesNotContain("陈国强");
            at(Instant.parse("2028-06-01T02:00:00Z"));
            reminders.look();
            work(sender);
            assertThat(server.letters).hasSize(1);
        }
    }

    @Test
    void whatWaitsIsBoundedByNumberAndByTimeAndNothingOfItIsLostSilently() throws Exception {
        try (StandInReceiver away = new StandInReceiver();
                NotificationSender sender = sender(null)) {
            long id = webhook(away.address(), 1, List.of());
            database.run(
                    "insert into hw.delivery (delivery_id, receiver_id, company_id, event, object, body, made_at, counts_from, next_at)"
                            + " select gen_random_uuid(), " + id + ", 1, 'alarm', 'n' || n, '{}', '" + now()
                            + "', '"
                            + now() + "', '2100-01-01' from generate_series(1, " + (Deliveries.MOST_WAITING + 3)
                            + ") n",
                    "update hw.delivery set counts_from = counts_from - interval '24 hours' where object = 'n9'");
            work(sender);
            assertThat(database.column(
                            "select object || ' ' || fault from hw.delivery where state = 'dead' order by delivery_no"))
                    .containsExactly("n1 queue_full", "n2 queue_full", "n9 too_old");
            assertThat(database.column("select count(*) from hw.delivery where state = 'waiting'"))
                    .containsExactly(Integer.toString(Deliveries.MOST_WAITING));
            scoped.write(Scope.ALL, 1, connection -> {
                Receivers.pause(connection, id, now());
                return true;
            });
            ahead(Duration.ofDays(3));
            work(sender);
            assertThat(database.column("select count(*) from hw.delivery where state = 'dead'"))
                    .as("what waits for a paused receiver grows no older")
                    .containsExactly("3");
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }

    private void at(Instant time) {
        millis.set(time.toEpochMilli());
    }

    private void ahead(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    private Outcome once(StandInReceiver receiver, TargetRule rule) throws InterruptedException {
        // A name that somebody points at this machine after it was registered.
        try (WebhookChannel channel = new WebhookChannel(
                vertx,
                secrets,
                rule,
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                Duration.ofMillis(400))) {
            return channel.send(
                    new Channel.Target(
                            7, "webhook", receiver.address(), "en", secrets.seal(secret, WebhookChannel.secretName(7))),
                    new Channel.Letter(UUID.randomUUID(), Event.TEST, "{}"),
                    now());
        }
    }

    /** Looks until there is nothing more to do at this moment. */
    private static void work(NotificationSender sender) throws Exception {
        List<Future<?>> begun;
        do {
            begun = new ArrayList<>(sender.look());
            for (Future<?> each : begun) {
                each.get(20, TimeUnit.SECONDS);
            }
        } while (!begun.isEmpty());
    }

    private NotificationSender sender(@Nullable Mail mail) {
        return NotificationSender.of(
                scoped,
                new NotificationOptions(
                        TargetRule.opening("127.0.0.0/8"), mail, "https://safety.example.com", null, null),
                secrets,
                vertx,
                json,
                new SimpleMeterRegistry(),
                this::now);
    }

    private static Mail mail(int port, Security security) {
        return new Mail("127.0.0.1", port, security, "", "", null, "haulwatch@centre.example");
    }

    @Test
    void studyWhileDrivingIsToldOnceWithWhatWasTakenBack() throws Exception {
        database.run(
                "insert into hw.driver (driver_id, company_id, name) values (91, 1, '陈国强')",
                "insert into hw.course (course_id, code, topic, title, title_en, made_by, made_at) overriding system value values (1, 'one', 'x', '疲劳',"
                        + " 'Driving tired', 1, now())",
                "insert into hw.lesson (lesson_id, course_id, code, place) overriding system value values (1, 1, 'one', 1)",
                "insert into hw.lesson_version (lesson_id, version, title, body, seconds, made_by, made_at) values (1, 1, '课', '文', 60, 1, now())",
                "insert into hw.training_task (task_id, company_id, driver_id, course_id, kind, assigned_at, due_at) overriding system value values"
                        + " (1, 1, 91, 1, 'remedial', now(), now())",
                "insert into hw.study (study_id, task_id, company_id, driver_id, lesson_id, version, seed, begun_at) overriding system value values"
                        + " (1, 1, 1, 91, 1, 1, 1, now())",
                "insert into hw.study_at_wheel (study_id, task_id, company_id, driver_id, vehicle_id, begun_at, ended_at, driven_s, void_s, found_at)"
                        + " select 1, 1, 1, 91, 1, '2026-11-20T13:00:00Z'::timestamptz + n * interval '10 minutes',"
                        + " '2026-11-20T13:10:00Z'::timestamptz + n * interval '10 minutes', 600, 600, '2026-11-20T15:00:00Z' from generate_series(0, 1) n");
        try (StandInReceiver receiver = new StandInReceiver()) {
            receiver.on();
            scoped.write(Scope.ALL, 1, connection -> {
                long id = Receivers.add(
                        connection,
                        new Wanted("x", receiver.address(), List.of(1), List.of("study_at_wheel"), 1, "en"),
                        "webhook",
                        true,
                        1,
                        now());
                Receivers.keepSecret(connection, id, secrets.seal(secret, WebhookChannel.secretName(id)));
                return id;
            });
            database.run(
                    "insert into hw.outbox (company_id, event, object) select 1, 'study_at_wheel', max(finding_id) from hw.study_at_wheel");
            try (NotificationSender sender = sender(null)) {
                work(sender);
                work(sender);
            }
            assertThat(receiver.got).hasSize(1);
            JsonNode body = json.readTree(receiver.got.getFirst().body());
            assertThat(body.at("/study/void_s").intValue()).isEqualTo(1_200);
            assertThat(body.at("/study/begun_at").textValue()).isEqualTo("2026-11-20T13:00:00Z");
            assertThat(body.at("/study/ended_at").textValue()).isEqualTo("2026-11-20T13:20:00Z");
            assertThat(body.at("/study/certificate").isNull()).isTrue();
            assertThat(body.toString()).doesNotContain("陈国强");
            MailText.Words words = MailText.of("en").words(Event.STUDY_AT_WHEEL, body);
            assertThat(words.subject()).isEqualTo("渝B12345: studied while driving, Driving tired");
            assertThat(words.text()).contains("Minutes that count no more: 20").doesNotContain("Certificate");
            assertThat(MailText.of("zh-CN").words(Event.STUDY_AT_WHEEL, body).subject())
                    .isEqualTo("渝B12345：行驶中学习，疲劳");
        }
    }

    private long webhook(String address, int leastSeverity, List<Integer> companies) throws SQLException {
        return scoped.write(Scope.ALL, 1, connection -> {
            long id = Receivers.add(
                    connection,
                    new Wanted("x", address, companies, List.of("alarm"), leastSeverity, "zh-CN"),
                    "webhook",
                    true,
                    1,
                    now());
            Receivers.keepSecret(connection, id, secrets.seal(secret, WebhookChannel.secretName(id)));
            return id;
        });
    }

    private void email(String address) throws SQLException {
        scoped.write(
                Scope.ALL,
                1,
                connection -> Receivers.add(
                        connection,
                        new Wanted("x", address, List.of(1), List.of("alarm", "papers_due"), 1, "zh-CN"),
                        "email",
                        true,
                        1,
                        now()));
    }

    private String alarm(int company, int severity, String state) throws SQLException {
        String id = UUID.randomUUID().toString();
        int vehicle = company == 1 ? 1 : 3;
        database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id,"
                        + " started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + id
                        + "', " + company + ", 1, '" + state + "', 'speeding', 'v', 'vehicle:1', " + vehicle
                        + ", now(), now(), "
                        + severity + ", 'live', '{}', '{}', '[]', 1)");
        return id;
    }

    /** As a receiver checks it, by the words of Standard Webhooks. */
    private String signature(StandInReceiver.Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(Signature.text(secret).substring("whsec_".length())), "HmacSHA256"));
        return "v1,"
                + Base64.getEncoder()
                        .encodeToString(mac.doFinal((got.id() + "." + got.timestamp() + "." + got.body())
                                .getBytes(StandardCharsets.UTF_8)));
    }
}
