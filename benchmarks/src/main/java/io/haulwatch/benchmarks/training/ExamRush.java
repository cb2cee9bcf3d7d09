package io.haulwatch.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.store.database.DatabasePasswords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Assigns a course to every driver, asks the pages that follow it, and lets many of them sit its exam at the same time. What each phone was told is taken is
 * compared with what is stored; it is written from the API's description and shares no code with the server's side of it.
 *
 * <p>{@code ExamRush BASE-URI DATA-FOLDER DRIVERS SEED}; the password of the people of {@code Visits} is in {@code HAULWATCH_ADMIN_PASSWORD}.
 */
public final class ExamRush {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int ROUNDS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;
    private static final int MOST_TRIES = 200;
    private static final int BUSY = 503;

    private final URI base;
    private final Path data;
    private final int drivers;
    private final long seed;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Double> answerMillis = new ConcurrentLinkedQueue<>();
    private final Queue<Double> beginMillis = new ConcurrentLinkedQueue<>();
    private final Queue<Double> closeMillis = new ConcurrentLinkedQueue<>();
    private final LongAdder busy = new LongAdder();

    private ExamRush(URI base, Path data, int drivers, long seed) {
        this.base = base;
        this.data = data;
        this.drivers = drivers;
        this.seed = seed;
    }

    public static void main(String[] arguments) throws Exception {
        new ExamRush(
                        URI.create(arguments[0]),
                        Path.of(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Long.parseLong(arguments[3]))
                .run();
    }

    /** Somebody who is signed in. */
    private record Who(String cookie, String csrf) {}

    /** A driver with his task and his phone. */
    private record Sitter(int driver, long task, Who who) {}

    /** What a phone was told is taken. @param given by place in the exam */
    private record Sat(String attempt, Map<Integer, List<Integer>> given) {}

    private void run() throws Exception {
        Who admin = signIn(
                "/api/v1/session",
                JSON.createObjectNode()
                        .put("username", "visit-admin")
                        .put("password", System.getenv("HAULWATCH_ADMIN_PASSWORD")));
        JsonNode course = course(admin);
        int plan = assign(admin, course.get("id").intValue());
        pages(admin, plan);
        List<Sitter> sitters = sitters(admin, plan);
        rush(sitters);
    }

    private JsonNode course(Who admin) throws Exception {
        for (JsonNode each : get(admin, "/api/v1/courses").path("items")) {
            if (each.path("code").textValue().equals("speed")) {
                return each;
            }
        }
        throw new IllegalStateException("the course about speed comes with the product");
    }

    private int assign(Who admin, int course) throws Exception {
        LocalDate today = LocalDate.now(SHANGHAI);
        ObjectNode plan = JSON.createObjectNode()
                .put("kind", "monthly")
                .put("title", "Everybody " + System.currentTimeMillis())
                .put("begins_on", today.toString())
                .put("due_on", today.plusDays(20).toString());
        plan.putArray("course_ids").add(course);
        plan.putArray("company_ids");
        plan.putArray("cargo");
        long began = System.nanoTime();
        JsonNode made =
                JSON.readTree(post(admin, "/api/v1/training-plans", plan).body());
        double answered = millis(began);
        int id = made.path("id").intValue();
        JsonNode now = made;
        while (now.path("assigned_at").isNull() || now.path("assigned_at").isMissingNode()) {
            Thread.sleep(200);
            now = get(admin, "/api/v1/training-plans/" + id);
        }
        System.out.printf(
                Locale.ROOT,
                "- a plan for everybody: answered in %.0f ms; %d tasks of %d made %.1f s after%n",
                answered,
                now.path("assigned").intValue(),
                now.path("wanted").intValue(),
                millis(began) / 1_000);
        return id;
    }

    private void pages(Who admin, int plan) throws Exception {
        System.out.println();
        System.out.println("| question | p50 ms | p95 ms | worst ms | KiB |");
        System.out.println("|---|---|---|---|---|");
        for (String path : List.of(
                "/api/v1/training-progress?plan=" + plan,
                "/api/v1/companies/1/training-tasks?state=open",
                "/api/v1/companies/1/training-ledger",
                "/api/v1/companies/1/training-ledger/file?format=xlsx",
                "/api/v1/companies/1/training-ledger/file?format=csv",
                "/api/v1/companies/40/training-ledger/file?format=pdf",
                "/api/v1/training-effect",
                "/api/v1/courses")) {
            double[] took = new double[ROUNDS];
            long bytes = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long began = System.nanoTime();
                HttpResponse<byte[]> answer = ask(admin, path);
                took[i] = millis(began);
                bytes = answer.body().length;
            }
            Arrays.sort(took);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %d |%n",
                    path.replace("plan=" + plan, "plan=…"),
                    took[ROUNDS / 2],
                    took[(int) Math.ceil(ROUNDS * 0.95) - 1],
                    took[ROUNDS - 1],
                    bytes / 1024);
        }
        System.out.println();
    }

    /** Drivers of the plan, one of each company in turn; their lessons are marked as studied, and their phones are signed in. */
    private List<Sitter> sitters(Who admin, int plan) throws Exception {
        List<int[]> chosen = new ArrayList<>();
        try (Connection database = database()) {
            try (PreparedStatement query = database.prepareStatement("""
                    select driver_id, task_id from (select t.driver_id, t.task_id,
                        row_number() over (partition by t.company_id order by t.driver_id) as place, t.company_id
                        from hw.training_task t where t.plan_id = ?) o order by place, company_id limit ?""")) {
                query.setInt(1, plan);
                query.setInt(2, drivers);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        chosen.add(new int[] {rows.getInt(1), rows.getInt(2)});
                    }
                }
            }
            try (PreparedStatement studied = database.prepareStatement("""
                    insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, state, begun_at, done_at, credited_s)
                    select t.task_id, t.company_id, t.driver_id, l.lesson_id, v.version, 1, 'done', now(), now(), v.seconds
                    from hw.training_task t join hw.lesson l on l.course_id = t.course_id and l.retired_at is null
                        join lateral (select version, seconds from hw.lesson_version v where v.lesson_id = l.lesson_id
                            order by version desc limit 1) v on true
                    where t.task_id = any (?) on conflict do nothing""")) {
                studied.setArray(
                        1,
                        database.createArrayOf(
                                "bigint",
                                chosen.stream().map(each -> (long) each[1]).toArray()));
                studied.executeUpdate();
            }
        }
        List<Sitter> sitters = new ArrayList<>();
        for (int[] each : chosen) {
            JsonNode link =
                    JSON.readTree(post(admin, "/api/v1/drivers/" + each[0] + "/entry-link", JSON.createObjectNode())
                            .body());
            String token = link.path("link").textValue().replaceAll(".*entry=", "");
            Who who = signIn("/api/v1/driver/session", JSON.createObjectNode().put("link", token));
            sitters.add(new Sitter(each[0], each[1], who));
        }
        System.out.println("- phones signed in: " + sitters.size());
        return sitters;
    }

    private void rush(List<Sitter> sitters) throws Exception {
        CountDownLatch bell = new CountDownLatch(1);
        List<Future<Sat>> all = new ArrayList<>();
        SplittableRandom dice = new SplittableRandom(seed);
        long began;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Sitter sitter : sitters) {
                SplittableRandom own = dice.split();
                all.add(threads.submit(() -> {
                    bell.await();
                    return sit(sitter, own);
                }));
            }
            began = System.nanoTime();
            bell.countDown();
        }
        double seconds = millis(began) / 1_000;
        long told = 0;
        long lost = 0;
        try (Connection database = database();
                PreparedStatement query = database.prepareStatement(
                        "select place, given from hw.exam_answer where attempt_id = ?::uuid")) {
            for (Future<Sat> future : all) {
                Sat sat = future.get();
                told += sat.given.size();
                lost += lost(query, sat);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "- exams: %d drivers began at once, all had handed in after %.1f s; answers told to be taken: %d; lost or changed: %d;"
                        + " told to come again (503): %d%n",
                sitters.size(),
                seconds,
                told,
                lost,
                busy.sum());
        System.out.println();
        System.out.println(
                "| from asking to the answer, with coming again | n | p50 ms | p95 ms | p99 ms | worst ms |");
        System.out.println("|---|---|---|---|---|---|");
        line("begin", beginMillis);
        line("answer", answerMillis);
        line("hand in", closeMillis);
        if (lost > 0) {
            throw new IllegalStateException("answers were lost: " + lost);
        }
    }

    private static long lost(PreparedStatement query, Sat sat) throws SQLException {
        query.setString(1, sat.attempt);
        long kept = 0;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                List<Integer> given = sat.given.get(rows.getInt(1));
                if (given != null && rows.getArray(2) != null) {
                    List<Integer> stored = new ArrayList<>();
                    for (Object each : (Object[]) rows.getArray(2).getArray()) {
                        stored.add(((Number) each).intValue());
                    }
                    kept += stored.stream().sorted().toList().equals(given) ? 1 : 0;
                }
            }
        }
        return sat.given.size() - kept;
    }

    private Sat sit(Sitter sitter, SplittableRandom dice) throws Exception {
        String device = "rush-" + sitter.driver + "-0000";
        JsonNode attempt = timed(
                beginMillis,
                sitter.who,
                "/api/v1/exams/" + sitter.task + "/attempts",
                JSON.createObjectNode().put("device", device));
        String id = attempt.path("id").textValue();
        Map<Integer, List<Integer>> given = new HashMap<>();
        int number = 0;
        for (JsonNode question : attempt.path("questions")) {
            Thread.sleep(dice.nextLong(LONGEST_PAUSE_MILLIS));
            JsonNode options = question.path("options");
            int option = options.path(dice.nextInt(options.size())).path("n").intValue();
            int place = question.path("place").intValue();
            ObjectNode body = JSON.createObjectNode().put("device", device);
            ObjectNode answer = body.putArray("answers").addObject();
            answer.put("place", place)
                    .put("answer_no", ++number)
                    .putArray("given")
                    .add(option);
            JsonNode told = timed(answerMillis, sitter.who, "/api/v1/attempts/" + id + "/answers", body);
            if (told.path("taken").size() == 1) {
                given.put(place, List.of(option));
            }
        }
        timed(
                closeMillis,
                sitter.who,
                "/api/v1/attempts/" + id + "/close",
                JSON.createObjectNode().put("device", device));
        return new Sat(id, given);
    }

    /** Asks until the service has room, as a phone does. */
    private JsonNode timed(Queue<Double> times, Who who, String path, ObjectNode body) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < MOST_TRIES; i++) {
            HttpResponse<byte[]> answer = send(who, path, body);
            if (answer.statusCode() != BUSY) {
                if (answer.statusCode() >= 300) {
                    throw new IOException(path + ": " + answer.statusCode() + " "
                            + new String(answer.body(), StandardCharsets.UTF_8));
                }
                times.add(millis(began));
                return JSON.readTree(answer.body());
            }
            busy.increment();
            Thread.sleep(250);
        }
        throw new IOException(path + ": no room after " + MOST_TRIES + " tries");
    }

    private static void line(String name, Queue<Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %.0f |%n",
                name,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[(int) Math.ceil(sorted.length * 0.95) - 1],
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
                sorted[sorted.length - 1]);
    }

    private Connection database() throws IOException, SQLException {
        DatabasePasswords passwords =
                DatabasePasswords.kept(data.resolve("keys").resolve("database.json"), new SecureRandom());
        String port = Files.readString(data.resolve("postgres.port")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/haulwatch", "postgres", passwords.admin());
    }

    private Who signIn(String path, ObjectNode body) throws Exception {
        HttpResponse<byte[]> answer = send(new Who("", ""), path, body);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        return new Who(cookie, JSON.readTree(answer.body()).path("csrf_token").textValue());
    }

    private JsonNode get(Who who, String path) throws Exception {
        return JSON.readTree(ask(who, path).body());
    }

    private HttpResponse<byte[]> ask(Who who, String path) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Cookie", who.cookie)
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer;
    }

    private HttpResponse<byte[]> post(Who who, String path, ObjectNode body) throws Exception {
        HttpResponse<byte[]> answer = send(who, path, body);
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    path + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private HttpResponse<byte[]> send(Who who, String path, ObjectNode body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Origin", base.toString().replaceAll("/$", ""))
                        .header("Cookie", who.cookie)
                        .header("X-CSRF-Token", who.csrf)
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
