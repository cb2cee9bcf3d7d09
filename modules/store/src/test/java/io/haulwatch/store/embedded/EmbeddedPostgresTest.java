package io.haulwatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server keeps its rows through every way of ending, and the next start always succeeds. */
class EmbeddedPostgresTest {
    private static final String PASSWORD = "embedded-test";

    private static Path data = Path.of("target");

    private EmbeddedPostgres server;

    EmbeddedPostgresTest() throws Exception {
        server = start();
    }

    /** One cluster for all tests; each finds the row and leaves it. */
    @BeforeAll
    static void makeTheCluster() throws Exception {
        data = Files.createTempDirectory(Path.of("target"), "embedded-").toRealPath();
        Files.createSymbolicLink(
                data.resolve("pg"),
                Files.createDirectories(Path.of(System.getProperty("haulwatch.test.programs", "target/pg"))
                        .toAbsolutePath()));
        EmbeddedPostgresTest first = new EmbeddedPostgresTest();
        first.run("create table kept (n int primary key)");
        first.run("insert into kept values (1)");
        first.stop();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static EmbeddedPostgres start() throws IOException, InterruptedException {
        return EmbeddedPostgres.start(data, PASSWORD, sentence -> {});
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.serverUrl() + "postgres", server.adminName(), PASSWORD);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void keepsItsRowsAndItsPortThroughAStop() throws Exception {
        String before = server.serverUrl();
        server.stop();
        assertThat(server.health().state()).isEqualTo(EmbeddedPostgres.State.STOPPED);
        server = start();
        assertThat(server.serverUrl()).isEqualTo(before);
        assertThat(one("select count(*) from kept")).isEqualTo("1");
        assertThat(one("show fsync")).isEqualTo("on");
        assertThat(one("show synchronous_commit")).isEqualTo("on");
        assertThat(one("show listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void comesBackByItselfWhenTheServerIsKilled() throws Exception {
        long pid = server.pid().orElseThrow();
        kill("KILL", pid);
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> {
            assertThat(server.pid().orElseThrow()).isNotEqualTo(pid);
            assertThat(one("select count(*) from kept")).isEqualTo("1");
        });
        assertThat(server.health().state()).isEqualTo(EmbeddedPostgres.State.RUNNING);
    }

    @Test
    void waitsForTheProcessesOfAKilledServerThatStillHoldItsMemory() throws Exception {
        long pid = server.pid().orElseThrow();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            long backend = row.getLong(1);
            kill("STOP", backend);
            kill("KILL", pid);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(data.resolve("postgres-log/start.log"))
                            .contains("still in use"));
            kill("CONT", backend);
        }
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(one("select count(*) from kept")).isEqualTo("1"));
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid).start().waitFor();
    }

    @Test
    void refusesAFolderThatAnotherServerObjectUses() {
        assertThatThrownBy(EmbeddedPostgresTest::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another process uses");
    }

    @Test
    void stopsAServerThatOutlivedItsParentAndStartsAgain() throws Exception {
        server.stop();
        Process orphan = startWithoutUs();
        server = start();
        assertThat(orphan.isAlive()).isFalse();
        assertThat(one("select count(*) from kept")).isEqualTo("1");
    }

    /** The server as a killed parent would leave it behind. */
    private Process startWithoutUs() throws IOException {
        ServerCommand command = ServerCommand.detect(data);
        Process orphan = new ProcessBuilder(command.shortRun(java.util.List.of(
                        data.toRealPath()
                                .resolve("pg/" + ServerFiles.VERSION + "/bin/postgres")
                                .toString(),
                        "-D",
                        data.toRealPath().resolve("postgres").toString())))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("orphan.log").toFile())
                .start();
        PostmasterLock lock = new PostmasterLock(data.toRealPath().resolve("postgres"));
        await().atMost(Duration.ofSeconds(30)).until(() -> lock.saysReady(orphan.pid()));
        return orphan;
    }

    @Test
    void startsOverALockThatNamesAStranger() throws Exception {
        server.stop();
        Path lock = data.resolve("postgres/postmaster.pid");
        long stranger = ProcessHandle.current().pid();
        Files.writeString(lock, stranger + "\n" + data.resolve("postgres") + "\n1\n5432\n\n\n\nready\n");
        server = start();
        assertThat(one("select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void startsOverALockThatIsCutShort() throws Exception {
        server.stop();
        Files.writeString(data.resolve("postgres/postmaster.pid"), "");
        server = start();
        assertThat(one("select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void saysWhatTheServerSaidWhenItDoesNotStart() throws Exception {
        server.stop();
        Path settings = data.resolve("postgres/postgresql.conf");
        String before = Files.readString(settings);
        Files.writeString(settings, before + "\nno_such_setting = 1\n");
        try {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no_such_setting");
        } finally {
            Files.writeString(settings, before);
        }
    }

    @Test
    void takesAnotherPortWhenTheKeptOneIsTaken() throws Exception {
        String before = server.serverUrl();
        server.stop();
        int port =
                Integer.parseInt(Files.readString(data.resolve("postgres.port")).strip());
        try (var taken = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            server = start();
            assertThat(taken.isBound()).isTrue();
            assertThat(server.serverUrl()).isNotEqualTo(before);
            assertThat(one("select count(*) from kept")).isEqualTo("1");
        }
    }

    @Test
    void aCopyOfTheRunningServerStartsByItselfAndHoldsAllThatWasCommitted() throws Exception {
        run("create table written (n serial primary key, text text)");
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        FutureTask<Void> writes = new FutureTask<>(() -> {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                while (!enough.get()) {
                    statement.execute(
                            "insert into written (text) select repeat(md5(g::text), 20) from generate_series(1, 100) g");
                    committed.addAndGet(100);
                }
            }
            return null;
        });
        Thread.ofPlatform().start(writes);
        await().until(() -> committed.get() > 1_000);

        Path copy = Files.createTempDirectory(Path.of("target"), "copy-").toRealPath();
        Files.createSymbolicLink(copy.resolve("pg"), data.resolve("pg"));
        int before = committed.get();
        try (Connection admin = connect()) {
            BaseBackup.take(admin, data, copy);
        }
        int after = committed.get();
        await().until(() -> committed.get() > after);
        enough.set(true);
        writes.get();
        assertThat(one("select count(*) from pg_replication_slots")).isEqualTo("0");
        run("drop table written");
        server.stop();

        server = EmbeddedPostgres.start(copy, PASSWORD, sentence -> {});
        assertThat(Integer.parseInt(one("select count(*) from written"))).isGreaterThanOrEqualTo(before);
        assertThat(one("select count(*) from written where text <> repeat(md5(((n - 1) % 100 + 1)::text), 20)"))
                .isEqualTo("0");
        assertThat(one("select count(*) from kept")).isEqualTo("1");
        run("insert into written (text) values ('it goes on')");
    }

    @Test
    void endsWithTheThreadThatStartedIt() throws Exception {
        server.stop();
        ServerCommand command = ServerCommand.detect(data);
        assertThat(command.diesWithParent())
                .as("setpriv --pdeathsig on this machine")
                .isTrue();
        Process[] child = new Process[1];
        Path folder = data.toRealPath();
        PostmasterLock lock = new PostmasterLock(folder.resolve("postgres"));
        Thread parent = Thread.ofPlatform().start(() -> {
            try {
                child[0] = new ProcessBuilder(command.longRun(java.util.List.of(
                                folder.resolve("pg/" + ServerFiles.VERSION + "/bin/postgres")
                                        .toString(),
                                "-D",
                                folder.resolve("postgres").toString())))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("orphan.log").toFile())
                        .start();
                await().atMost(Duration.ofSeconds(30)).until(() -> lock.saysReady(child[0].pid()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        parent.join();
        assertThat(child[0].waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        server = start();
        assertThat(one("select count(*) from kept")).isEqualTo("1");
    }
}
