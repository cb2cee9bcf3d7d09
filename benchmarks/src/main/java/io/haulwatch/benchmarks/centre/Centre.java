package io.haulwatch.benchmarks.centre;

import io.haulwatch.analytics.risk.RiskJob;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Fills the empty data folder of a service with a whole centre: companies, trucks, drivers, papers, services, training, a year of episodes and what was done about
 * them. The same seed and moment give the same rows. Positions are not among them.
 *
 * <p>{@code Centre fill DATA-FOLDER SEED COMPANIES TRUCKS DRIVERS PAPERS EPISODES} makes the rows; {@code Centre users DATA-FOLDER} the people of
 * {@link Visits}, with the password in {@code HAULWATCH_ADMIN_PASSWORD}; {@code Centre scores DATA-FOLDER TIMES} computes all companies' scores so many times
 * and prints how long each took.
 */
public final class Centre {
    private static final String STEP = "-- == ";

    private final Databases databases;
    private final Instant now;

    private Centre(Databases databases, Instant now) {
        this.databases = databases;
        this.now = now;
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        DatabasePasswords passwords =
                DatabasePasswords.kept(data.resolve("keys").resolve("database.json"), new SecureRandom());
        EmbeddedPostgres server = EmbeddedPostgres.start(data, passwords.admin(), line -> {});
        try (Databases databases = new Databases(Databases.onEmbedded(server, passwords))) {
            databases.migrate();
            Centre centre = new Centre(databases, Instant.now().truncatedTo(ChronoUnit.MINUTES));
            switch (arguments[0]) {
                case "fill" -> centre.fill(List.of(arguments).subList(2, arguments.length));
                case "users" -> centre.users(System.getenv("HAULWATCH_ADMIN_PASSWORD"));
                case "scores" -> centre.scores(Integer.parseInt(arguments[2]));
                default -> throw new IllegalArgumentException("fill, users or scores: " + arguments[0]);
            }
        } finally {
            server.stop();
        }
    }

    private void fill(List<String> numbers) throws IOException, SQLException {
        List<String> names = List.of(":seed", ":companies", ":trucks", ":drivers", ":papers", ":episodes");
        System.out.println("seed " + numbers.getFirst() + ", moment " + now);
        try (Connection admin = databases.administrator();
                Statement statement = admin.createStatement()) {
            for (String step : steps()) {
                String sql = step.replace(":now", "'" + now + "'");
                for (int i = 0; i < names.size(); i++) {
                    sql = sql.replace(names.get(i), Long.toString(Long.parseLong(numbers.get(i))));
                }
                long began = System.nanoTime();
                statement.execute(sql);
                System.out.printf(
                        Locale.ROOT,
                        "· %s: %.1f s%n",
                        step.lines().findFirst().orElse("").substring(3),
                        (System.nanoTime() - began) / 1e9);
            }
            statement.execute("vacuum (analyze)");
            counts(statement);
        }
    }

    private static List<String> steps() throws IOException {
        try (InputStream in = Objects.requireNonNull(Centre.class.getResourceAsStream("centre.sql"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> steps = new ArrayList<>(List.of(("\n" + text).split("\n" + STEP)));
            // What comes before the first step says what the file is.
            steps.removeFirst();
            return steps.stream().map(step -> "-- " + step).toList();
        }
    }

    private static void counts(Statement statement) throws SQLException {
        System.out.println("| table | rows | MiB with indexes |");
        System.out.println("|---|---|---|");
        try (ResultSet rows = statement.executeQuery("""
                select c.relname, c.reltuples::bigint, pg_total_relation_size(c.oid) / 1048576 from pg_class c
                where c.relnamespace = 'hw'::regnamespace and c.relkind = 'r' and c.reltuples >= 500 order by 2 desc""")) {
            while (rows.next()) {
                System.out.printf(
                        Locale.ROOT, "| %s | %,d | %,d |%n", rows.getString(1), rows.getLong(2), rows.getLong(3));
            }
        }
    }

    private void users(String password) throws SQLException {
        try (Passwords passwords = new Passwords(new SecureRandom());
                Connection admin = databases.administrator();
                PreparedStatement row = admin.prepareStatement(
                        "insert into hw.app_user (username, password_hash, display_name, role, scope) values (?, ?, ?, ?, ?) "
                                + "on conflict (lower(username)) do update set password_hash = excluded.password_hash")) {
            for (Visits.Person person : Visits.PEOPLE) {
                row.setString(1, person.name());
                row.setString(2, passwords.hash(password));
                row.setString(3, person.name());
                row.setString(4, person.role());
                row.setString(5, person.scope());
                row.executeUpdate();
            }
        }
    }

    private void scores(int times) throws SQLException {
        RiskJob job = new RiskJob(databases.writer(), InstantSource.system());
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            int companies = job.run();
            System.out.printf(
                    Locale.ROOT,
                    "scores of %d companies computed in %.1f s%n",
                    companies,
                    (System.nanoTime() - began) / 1e9);
        }
    }
}
