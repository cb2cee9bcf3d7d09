import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import io.haulwatch.store.position.PositionWriter;
import io.haulwatch.store.position.WriterOptions;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.track.HourPacker;
import io.haulwatch.store.track.StoredPosition;
import io.haulwatch.store.track.TruckTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Stores days of many trucks in the order of their arrival by the product's own writer and packer, then reads truck-days: as the product does, and row
 * by row by the plain index. Run it by bench-truck-day.sh.
 */
final class TruckDay {
    private static final Instant FIRST_DAY = Instant.parse("2026-10-01T00:00:00Z");
    private static final int EVERY_SECONDS = 10;
    private static final int POINTS = 86_400 / EVERY_SECONDS;
    private static final int BODY = 28;
    private static final int BATCH = 10_000;
    private static final int MOST = 100_000;
    /** Of a running machine: the marks' own clock plays no part here. */
    private static final Duration NO_SETTLING = Duration.ofDays(-36_500);

    private final Path folder;
    private final int trucks;
    private final int days;
    private final Duration mostInserting;
    private final int samples;
    private final int coldSamples;
    private final boolean covering;
    private final SplittableRandom dice;
    private final DatabasePasswords passwords = new DatabasePasswords("bench-1", "bench-2", "bench-3", "bench-4");

    private TruckDay(Options options) {
        this.folder = options.folder;
        this.trucks = options.trucks;
        this.days = options.days;
        this.mostInserting = options.mostInserting;
        this.samples = options.samples;
        this.coldSamples = options.coldSamples;
        this.covering = options.covering;
        this.dice = new SplittableRandom(options.seed);
    }

    private record Options(
            Path folder,
            int trucks,
            int days,
            Duration mostInserting,
            int samples,
            int coldSamples,
            boolean covering,
            long seed) {}

    public static void main(String[] args) throws Exception {
        Options options = new Options(
                Path.of(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Duration.ofMinutes(Integer.parseInt(args[3])),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]),
                Boolean.parseBoolean(args[6]),
                Long.parseLong(args[7]));
        new TruckDay(options).run();
    }

    private EmbeddedPostgres start() throws IOException, InterruptedException {
        return EmbeddedPostgres.start(folder, passwords.admin(), line -> {});
    }

    private void run() throws Exception {
        int whole;
        EmbeddedPostgres server = start();
        try (Databases databases = new Databases(Databases.onEmbedded(server, passwords))) {
            databases.migrate();
            prepare(databases);
            whole = insert(databases);
            settle(databases);
            sizes(databases);
            System.out.println();
            System.out.println("| caches | read | truck-days | p50 ms | p95 ms | p99 ms | worst ms |");
            System.out.println("|---|---|---|---|---|---|---|");
            List<int[]> warm = chosen(samples, whole);
            for (Reading reading : readings()) {
                measure(databases, reading, warm);
                print("warm", reading, measure(databases, reading, warm));
            }
        } finally {
            server.stop();
        }
        for (Reading reading : readings()) {
            print("cold", reading, cold(reading, chosen(coldSamples, whole)));
        }
    }

    private List<Reading> readings() {
        return covering
                ? List.of(Reading.PACKED, Reading.PLAIN, Reading.COVERING)
                : List.of(Reading.PACKED, Reading.PLAIN);
    }

    private void prepare(Databases databases) throws SQLException {
        try (Connection admin = databases.administrator();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into hw.company (company_id, name, adcode) values (1, 'bench', '500112')");
            statement.execute("insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) select n, 1, "
                    + "'B' || n, 2, 'GENERAL' from generate_series(1, " + trucks + ") n");
            statement.execute("update hw.position_hours_packed set packed_before = '" + FIRST_DAY + "'");
            if (covering) {
                statement.execute("create index position_covering on hw.position (vehicle_id, device_time, body_hash) include "
                        + "(receive_time, flags, alarms, status, lat, lon, altitude, speed, heading, satellites, mileage, "
                        + "recorder_speed)");
            }
        }
    }

    /** Rounds of ten seconds: each truck reports once, in an order that changes. @return days that are whole */
    private int insert(Databases databases) throws Exception {
        PositionWriter writer = new PositionWriter(databases.writer(), WriterOptions.DEFAULTS, System::nanoTime);
        writer.resume(0);
        HourPacker packer =
                new HourPacker(databases.writer(), databases.replay(), Duration.ofMinutes(5), NO_SETTLING);
        Fleet fleet = new Fleet(trucks, dice.split());
        CompletableFuture<Void> packing = CompletableFuture.completedFuture(null);
        long began = System.nanoTime();
        long offset = 0;
        int day = 0;
        for (; day < days; day++) {
            if (System.nanoTime() - began > mostInserting.toNanos()) {
                System.err.println("· the time for inserting is over");
                break;
            }
            for (int round = 0; round < POINTS; round++) {
                Instant now = FIRST_DAY.plusSeconds(day * 86_400L + (long) round * EVERY_SECONDS);
                fleet.next(now.toEpochMilli());
                for (int truck = 0; truck < trucks; truck++) {
                    writer.add(0, offset++, fleet.record(truck));
                    if (writer.pending() >= BATCH) {
                        writer.commit();
                    }
                }
                if (round % (3_600 / EVERY_SECONDS) == 0) {
                    packing.get();
                    packing = CompletableFuture.runAsync(() -> pack(packer, now));
                }
            }
            System.err.printf(
                    Locale.ROOT,
                    "· day %d of %d, %.0f rows/s%n",
                    day + 1,
                    days,
                    offset / ((System.nanoTime() - began) / 1e9));
        }
        writer.flush();
        packing.get();
        pack(packer, FIRST_DAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(1)));
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "- stored: %,d positions, %d trucks × %d days, a position every %d s, in order of arrival, in %.0f s (%,.0f a second, "
                        + "packing of closed hours beside it)%n",
                offset,
                trucks,
                day,
                EVERY_SECONDS,
                seconds,
                offset / seconds);
        return day;
    }

    private static void pack(HourPacker packer, Instant now) {
        try {
            packer.run(now, () -> false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What autovacuum does to closed days by and by. */
    private void settle(Databases databases) throws SQLException {
        try (Connection admin = databases.administrator();
                Statement statement = admin.createStatement()) {
            statement.execute("vacuum (analyze) hw.position");
            statement.execute("vacuum (analyze) hw.position_hour");
            statement.execute("checkpoint");
        }
    }

    private void sizes(Databases databases) throws SQLException {
        try (Connection admin = databases.administrator();
                PreparedStatement query = admin.prepareStatement("""
                        select (select sum(pg_relation_size(relid)) from pg_partition_tree('hw.position')),
                            (select sum(pg_indexes_size(relid)) from pg_partition_tree('hw.position') where isleaf),
                            (select sum(pg_total_relation_size(relid)) from pg_partition_tree('hw.position_hour') where isleaf),
                            (select avg(length(packed)) from hw.position_hour), (select sum(positions) from hw.position_hour)""");
                ResultSet row = query.executeQuery()) {
            row.next();
            double stored = row.getDouble(5);
            System.out.printf(
                    Locale.ROOT,
                    "- size: rows %.1f GB (%.0f bytes a position), their indexes %.1f GB (%.0f), packed hours with their indexes %.1f GB (%.1f); a packed "
                            + "hour is %.0f bytes%n",
                    row.getDouble(1) / 1e9,
                    row.getDouble(1) / stored,
                    row.getDouble(2) / 1e9,
                    row.getDouble(2) / stored,
                    row.getDouble(3) / 1e9,
                    row.getDouble(3) / stored,
                    row.getDouble(4));
        }
    }

    /** A truck and the start of its day, which is any 24 hours on the hour. */
    private List<int[]> chosen(int count, int whole) {
        List<int[]> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(new int[] {1 + dice.nextInt(trucks), dice.nextInt((whole - 1) * 24 + 1)});
        }
        return chosen;
    }

    private double[] measure(Databases databases, Reading reading, List<int[]> chosen) throws SQLException {
        ScopedDatabase scoped = new ScopedDatabase(databases.app());
        Scope scope = new Scope.Companies(Set.of(1));
        double[] millis = new double[chosen.size()];
        for (int i = 0; i < millis.length; i++) {
            int[] one = chosen.get(i);
            Instant from = FIRST_DAY.plus(Duration.ofHours(one[1]));
            int at = i;
            int rows = scoped.read(scope, ScopedDatabase.NO_USER, connection -> {
                long began = System.nanoTime();
                int count = reading.read(connection, scope, one[0], from, from.plus(Duration.ofDays(1)));
                millis[at] = (System.nanoTime() - began) / 1e6;
                return count;
            });
            if (rows != POINTS) {
                throw new IllegalStateException("a truck-day has " + POINTS + " rows: truck=" + one[0] + ", from=" + from
                        + ", rows=" + rows + ", reading=" + reading);
            }
        }
        return millis;
    }

    private enum Reading {
        PACKED("packed hours"),
        PLAIN("plain index, row by row"),
        COVERING("covering index, vacuumed");

        private final String words;

        Reading(String words) {
            this.words = words;
        }

        int read(Connection connection, Scope scope, int truck, Instant from, Instant to) throws SQLException {
            return switch (this) {
                case PACKED -> TruckTrack.read(connection, scope, truck, from, to, MOST).size();
                case PLAIN -> {
                    forbid(connection, "indexonlyscan");
                    yield TruckTrack.rows(connection, scope, truck, from, to, MOST).size();
                }
                case COVERING -> {
                    forbid(connection, "seqscan");
                    List<StoredPosition> rows = TruckTrack.rows(connection, scope, truck, from, to, MOST);
                    yield rows.size();
                }
            };
        }

        private static void forbid(Connection connection, String way) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local enable_" + way + " = off");
            }
        }
    }

    /** Each truck-day by a server that was just started, its files no longer in memory. */
    private double[] cold(Reading reading, List<int[]> chosen) throws Exception {
        double[] millis = new double[chosen.size()];
        for (int i = 0; i < millis.length; i++) {
            forgetFiles();
            EmbeddedPostgres server = start();
            try (Databases databases = new Databases(Databases.onEmbedded(server, passwords))) {
                millis[i] = measure(databases, reading, List.of(chosen.get(i)))[0];
            } finally {
                server.stop();
            }
        }
        return millis;
    }

    /** For root the whole page cache; for others the cluster's own files, which the kernel lets go of when asked. */
    private void forgetFiles() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
        Path switchOfRoot = Path.of("/proc/sys/vm/drop_caches");
        if (Files.isWritable(switchOfRoot)) {
            try {
                Files.writeString(switchOfRoot, "3");
                return;
            } catch (IOException e) {
                System.err.println("· the page cache cannot be dropped here, the cluster's files are: " + e.getMessage());
            }
        }
        try (Stream<Path> files = Files.walk(folder.resolve("postgres"))) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "for f; do dd if=\"$f\" iflag=nocache count=0 status=none; done", "dd"));
            files.filter(Files::isRegularFile).forEach(file -> command.add(file.toString()));
            new ProcessBuilder(command).inheritIO().start().waitFor();
        }
    }

    private static void print(String caches, Reading reading, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
                caches,
                reading.words,
                millis.length,
                quantile(millis, 0.5),
                quantile(millis, 0.95),
                quantile(millis, 0.99),
                millis[millis.length - 1]);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    /** Trucks that drive about for ten hours of a day and stand for the rest. */
    private static final class Fleet {
        private final SplittableRandom dice;
        private final int[] order;
        private final int[] latitude;
        private final int[] longitude;
        private final int[] heading;
        private final int[] speed;
        private final long[] mileage;
        private final ByteBuffer buffer = ByteBuffer.allocate(PositionRecord.HEAD + BODY);
        private final PositionRecord record = new PositionRecord();
        private long millis;

        Fleet(int trucks, SplittableRandom dice) {
            this.dice = dice;
            order = new int[trucks];
            latitude = new int[trucks];
            longitude = new int[trucks];
            heading = new int[trucks];
            speed = new int[trucks];
            mileage = new long[trucks];
            for (int i = 0; i < trucks; i++) {
                order[i] = i;
                latitude[i] = 25_000_000 + dice.nextInt(10_000_000);
                longitude[i] = 100_000_000 + dice.nextInt(15_000_000);
                heading[i] = dice.nextInt(360);
            }
        }

        void next(long roundMillis) {
            millis = roundMillis;
            for (int i = 0; i < 16; i++) {
                int a = dice.nextInt(order.length);
                int b = dice.nextInt(order.length);
                int swap = order[a];
                order[a] = order[b];
                order[b] = swap;
            }
        }

        PositionRecord record(int place) {
            int truck = order[place];
            boolean driving = Math.floorMod(millis / 3_600_000 + truck, 24) < 10;
            speed[truck] = driving ? 500 + dice.nextInt(300) : 0;
            if (driving) {
                heading[truck] = Math.floorMod(heading[truck] + dice.nextInt(21) - 10, 360);
                double metres = speed[truck] / 36.0 * EVERY_SECONDS;
                latitude[truck] += (int) (metres * 9 * Math.cos(Math.toRadians(heading[truck])));
                longitude[truck] += (int) (metres * 10 * Math.sin(Math.toRadians(heading[truck])));
                mileage[truck] += (long) (metres / 100);
            }
            PositionRecord.writeHead(
                    buffer,
                    0,
                    PositionRecord.FLAG_2019,
                    truck + 1,
                    millis + 300 + dice.nextInt(2_000),
                    millis,
                    dice.nextLong(),
                    0,
                    driving ? 3 : 2,
                    latitude[truck],
                    longitude[truck],
                    250 + dice.nextInt(5),
                    speed[truck],
                    heading[truck],
                    8 + dice.nextInt(6),
                    PositionRecord.ABSENT_BYTE,
                    mileage[truck],
                    PositionRecord.ABSENT_SPEED,
                    BODY);
            return record.wrap(buffer, 0);
        }
    }
}
