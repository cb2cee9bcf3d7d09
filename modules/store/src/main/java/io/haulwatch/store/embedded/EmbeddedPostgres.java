package io.haulwatch.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own as a foreground child on a loopback port, its data kept below the data folder. If the child
 * dies it is started again; if we die by kill -9 it gets the signal for a fast shutdown, and should it live on all the same the
 * next start stops it first. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long SHARED_MEMORY_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STOP_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** What the server does now. */
    public enum State {
        STARTING,
        RUNNING,
        /** It died and comes again. */
        RESTARTING,
        STOPPED
    }

    /** State and, unless it runs, one sentence why. */
    public record Health(State state, String reason) {}

    private final Cluster cluster;
    private final PostmasterLock lock;
    private final Path home;
    private final ServerCommand command;
    private final FileChannel ownership;
    private final int port;
    private final CountDownLatch firstRun = new CountDownLatch(1);
    private final Thread keeper;

    private volatile Health health = new Health(State.STARTING, "the server is starting");
    private volatile boolean stopping;
    private volatile @Nullable Process child;
    private volatile @Nullable IOException failure;

    private EmbeddedPostgres(Cluster cluster, Path home, ServerCommand command, FileChannel ownership, int port) {
        this.cluster = cluster;
        this.lock = new PostmasterLock(cluster.folder());
        this.home = home;
        this.command = command;
        this.ownership = ownership;
        this.port = port;
        // A platform thread that lives as long as the child: the kernel signals the child when the thread that started
        // it ends.
        this.keeper = Thread.ofPlatform().name("postgres-keeper").daemon(true).unstarted(this::keep);
    }

    /**
     * Starts the server of a data folder, making it at the first time, and returns when it takes connections.
     *
     * @param data the product's data folder
     * @param adminPassword of the cluster's administrator {@code postgres}; must be the same at every start
     * @param progress told one sentence at each long step
     * @throws IOException with the server's own words if it does not start
     */
    public static EmbeddedPostgres start(Path data, String adminPassword, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data).toRealPath();
        FileChannel ownership = own(folder);
        try {
            ServerCommand command = ServerCommand.detect(folder);
            Path home = ServerFiles.unpack(folder.resolve("pg"), progress);
            Cluster cluster = new Cluster(folder);
            cluster.create(home, command, adminPassword, progress);
            clearTheWay(new PostmasterLock(cluster.folder()));
            int port = cluster.choosePort();
            cluster.writeSettings(port);
            command.hand(cluster.folder());
            EmbeddedPostgres server = new EmbeddedPostgres(cluster, home, command, ownership, port);
            server.keeper.start();
            server.awaitFirstRun();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            ownership.close();
            throw e;
        }
    }

    /** Whether a data folder has a database, whoever made it. */
    public static boolean isIn(Path data) {
        return Files.exists(data.resolve(Cluster.FOLDER).resolve("PG_VERSION"));
    }

    /**
     * Address of the server that another process runs on this data folder, in the form of {@link #serverUrl}; empty if none does.
     * For commands that work beside a running service.
     */
    public static Optional<String> runningElsewhere(Path data) throws IOException {
        Path port = data.resolve("postgres.port");
        if (!Files.exists(port)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(
                        data.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                return Optional.empty();
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process: it runs, too
        }
        return Optional.of(url(Integer.parseInt(Files.readString(port).strip())));
    }

    private static FileChannel own(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException(
                    "another process uses the data folder: folder=" + folder + "; stop it or name another folder");
        }
        return channel;
    }

    /** Stops a server that outlived its parent and removes a lock that nobody holds. */
    private static void clearTheWay(PostmasterLock lock) throws IOException, InterruptedException {
        Long pid = lock.pid();
        if (lock.holder() == PostmasterLock.Holder.OUR_SERVER && pid != null) {
            LOG.info("stopping the server of an earlier run: pid={}", pid);
            for (String signal : List.of("INT", "QUIT", "KILL")) {
                signal(pid, signal);
                if (goesAway(lock, pid, signal.equals("INT") ? STOP_LIMIT_NANOS : TimeUnit.SECONDS.toNanos(10))) {
                    break;
                }
            }
        }
        switch (lock.holder()) {
            case NOBODY -> {}
            case STALE -> {
                LOG.info("removing a lock that nobody holds: pid={}", pid);
                lock.remove();
            }
            case OUR_SERVER -> throw new IOException("the server of an earlier run does not stop: pid=" + pid);
        }
    }

    private static boolean goesAway(PostmasterLock lock, long pid, long limitNanos) throws InterruptedException {
        long end = System.nanoTime() + limitNanos;
        while (lock.isOurServer(pid)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    private static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void awaitFirstRun() throws IOException, InterruptedException {
        firstRun.await();
        IOException cause = failure;
        if (cause != null) {
            keeper.join();
            throw cause;
        }
    }

    /** Life of the child, on the keeper's thread. */
    private void keep() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        try {
            while (!stopping) {
                long began = System.nanoTime();
                String end = runOnce();
                if (stopping) {
                    break;
                }
                if (System.nanoTime() - began > CALM_NANOS) {
                    pauseMillis = FIRST_PAUSE_MILLIS;
                }
                health = new Health(State.RESTARTING, "the database server " + end + " and is started again");
                LOG.warn("the database server {}, starting it again in {} ms", end, pauseMillis);
                Thread.sleep(pauseMillis);
                pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
            }
        } catch (IOException e) {
            failure = e;
            LOG.error("the database server cannot be kept running: {}", e.getMessage());
            health = new Health(State.STOPPED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            firstRun.countDown();
        }
    }

    /**
     * Starts the child and waits for its end; before the first success a failed start is thrown, later it is just an end.
     *
     * @return how it ended, in words
     */
    private String runOnce() throws IOException, InterruptedException {
        try {
            return "ended with exit " + startAndWait();
        } catch (IOException e) {
            if (firstRun.getCount() > 0) {
                throw e;
            }
            return "could not be started (" + e.getMessage() + ")";
        }
    }

    private int startAndWait() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            clearTheWay(lock);
            Process process = new ProcessBuilder(command.longRun(List.of(
                            home.resolve("bin/postgres").toString(),
                            "-D",
                            cluster.folder().toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(cluster.startLog().toFile())
                    .start();
            child = process;
            if (stopping) {
                signal(process.pid(), "INT");
            }
            while (process.isAlive() && !lock.saysReady(process.pid())) {
                if (System.nanoTime() - began > START_LIMIT_NANOS) {
                    LOG.warn("the database server still recovers: pid={}", process.pid());
                    began = System.nanoTime();
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            if (process.isAlive()) {
                health = new Health(State.RUNNING, "");
                LOG.info("the database server runs: pid={}, port={}", process.pid(), port);
                firstRun.countDown();
                return process.waitFor();
            }
            String said = Cluster.tail(cluster.startLog());
            boolean predecessorsLeave = said.contains("shared memory block") && said.contains("still in use");
            if (predecessorsLeave && System.nanoTime() - began < SHARED_MEMORY_WAIT_NANOS && !stopping) {
                LOG.info("waiting for the processes of a killed server to end");
                Thread.sleep(200);
                continue;
            }
            if (firstRun.getCount() > 0 && !stopping) {
                throw new IOException(
                        "the database server did not start: exit=" + process.exitValue() + ", it said: " + said);
            }
            LOG.warn("the database server did not start: exit={}, it said: {}", process.exitValue(), said);
            return process.exitValue();
        }
    }

    /** Address for JDBC, without database name and credentials: {@code jdbc:postgresql://127.0.0.1:5432/}. */
    public String serverUrl() {
        return url(port);
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/";
    }

    /** Name of the administrator for {@link #serverUrl}. */
    public String adminName() {
        return Cluster.ADMIN;
    }

    /** State of the server and the reason if it does not run. */
    public Health health() {
        return health;
    }

    /** Process id of the server now, or empty between two lives. */
    public OptionalLong pid() {
        Process process = child;
        return process != null && process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is on disk. Waits for the end. */
    public void stop() throws IOException, InterruptedException {
        stopping = true;
        Process process = child;
        if (process != null && process.isAlive()) {
            signal(process.pid(), "INT");
            if (!process.waitFor(STOP_LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
                LOG.warn("the database server does not stop, ending it at once: pid={}", process.pid());
                signal(process.pid(), "QUIT");
                process.waitFor(10, TimeUnit.SECONDS);
            }
        }
        keeper.interrupt();
        keeper.join(TimeUnit.SECONDS.toMillis(20));
        health = new Health(State.STOPPED, "the server was stopped");
        ownership.close();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping the database server", e);
        }
    }
}
