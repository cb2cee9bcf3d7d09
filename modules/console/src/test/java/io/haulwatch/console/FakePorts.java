package io.haulwatch.console;

import io.haulwatch.console.port.AttachmentStore;
import io.haulwatch.console.port.CommandDesk;
import io.haulwatch.console.port.ConsolePorts;
import io.haulwatch.console.port.DrivenTimes;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.port.DrivingClock;
import io.haulwatch.console.port.EpisodeSource;
import io.haulwatch.console.port.FleetSource;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.console.port.ParameterBook;
import io.haulwatch.console.port.RulesInForce;
import io.haulwatch.console.port.TerminalDiaries;
import io.haulwatch.console.port.TerminalDoor;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.store.file.CourseVideoFiles;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The parts beside the console, moved by hand. */
public final class FakePorts
        implements FleetSource,
                EpisodeSource,
                DrivingClock,
                DriverCards,
                CommandDesk,
                OperationsStatus,
                TerminalDoor,
                RulesInForce,
                TerminalDiaries {
    private final Map<Integer, Object[]> newest = new LinkedHashMap<>();
    private final List<Episode> episodes = new ArrayList<>();
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private final List<UUID> submitted = new CopyOnWriteArrayList<>();
    final Attachments attachments = new Attachments();
    /** Made when a video comes; whoever uploads one deletes it. */
    final Path videoFolder =
            Path.of(System.getProperty("java.io.tmpdir"), "haulwatch-course-videos-" + UUID.randomUUID());

    static final long LARGEST_VIDEO = 3L * 1024 * 1024 * 1024;
    private final CourseVideoFiles videos = new CourseVideoFiles(videoFolder, 0, LARGEST_VIDEO);
    private long version;
    /** General freight with the defaults, and one zone of 40 km/h where truck 1 of {@link HistoryTest} is at midnight. */
    private final CompiledReference reference = CompiledReference.of(new ReferenceSet(
            1,
            List.of(),
            List.of(
                    new ReferenceSet.Vehicle(
                            1, 1, "渝B12345", VehicleClass.GENERAL, ReferenceSet.ALWAYS, ReferenceSet.FOREVER),
                    new ReferenceSet.Vehicle(
                            3, 2, "川A99999", VehicleClass.GENERAL, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
            List.of(),
            List.of(),
            List.of(new ReferenceSet.Zone(
                    9,
                    0,
                    "学校",
                    "school",
                    40,
                    null,
                    null,
                    500,
                    List.of(List.of(106.55164, 29.77888)),
                    ReferenceSet.ALWAYS,
                    ReferenceSet.FOREVER)),
            List.of()));

    volatile Log log = Log.OK;
    volatile Database database = Database.OK;

    private static final List<ParameterBook.Kind> PARAMETERS = List.of(
            new ParameterBook.Kind(0x0012, "apn_password", "无线通信拨号密码", 0, true, false, 2011),
            new ParameterBook.Kind(0x0013, "main_server_address", "主服务器地址", 0, true, false, 2011),
            new ParameterBook.Kind(0x0029, "interval_default_s", "缺省时间汇报间隔", 4, false, false, 2011),
            new ParameterBook.Kind(0x0055, "max_speed_kmh", "最高速度", 4, false, false, 2011));

    ConsolePorts ports() {
        return new ConsolePorts(
                this,
                this,
                this,
                this,
                driver -> CompletableFuture.completedFuture(driven.getOrDefault(driver, List.of())),
                this,
                this,
                this,
                this,
                () -> PARAMETERS,
                this,
                (id, received) -> {
                    throw new java.nio.file.NoSuchFileException(id.toString());
                },
                attachments,
                videos);
    }

    /** Scans and photos in memory. */
    static final class Attachments implements AttachmentStore {
        final Map<UUID, byte[]> kept = new ConcurrentHashMap<>();

        @Override
        public void keep(UUID id, byte[] content) {
            kept.put(id, content);
        }

        @Override
        public byte[] read(UUID id) throws NoSuchFileException {
            byte[] content = kept.get(id);
            if (content == null) {
                throw new NoSuchFileException(id.toString());
            }
            return content;
        }

        @Override
        public void drop(UUID id) {
            kept.remove(id);
        }
    }

    /** A truck reports. */
    synchronized void report(int vehicleId, int lat, int lon, int speedDeciKmh, int state, long receivedMillis) {
        newest.put(vehicleId, new Object[] {++version, lat, lon, speedDeciKmh, state, receivedMillis});
    }

    @Override
    public synchronized long changedSince(long since, FleetSource.Consumer out) {
        newest.forEach((id, row) -> {
            if ((long) row[0] > since) {
                out.accept(id, (int) row[1], (int) row[2], (int) row[3], 90, (int) row[4], (long) row[5] - 1_000, (long)
                        row[5]);
            }
        });
        return version;
    }

    /** The rules say something. */
    long say(Episode episode) {
        long offset;
        synchronized (episodes) {
            episodes.add(episode);
            offset = episodes.size() - 1L;
        }
        feeds.forEach(Feed::pump);
        return offset;
    }

    @Override
    public Subscription subscribe(long afterOffset, Listener listener) {
        Feed feed = new Feed(afterOffset, listener);
        feeds.add(feed);
        feed.pump();
        return () -> feeds.remove(feed);
    }

    @Override
    public long newest() {
        synchronized (episodes) {
            return episodes.size() - 1L;
        }
    }

    /** Cards by truck. */
    final Map<Integer, DriverCards.Card> cards = new ConcurrentHashMap<>();
    /** When drivers drove. */
    final Map<Integer, List<DrivenTimes.Drive>> driven = new ConcurrentHashMap<>();

    @Override
    public DriverCards.@Nullable Card inTruck(int vehicleId) {
        return cards.get(vehicleId);
    }

    @Override
    public @Nullable Clock of(int vehicleId) {
        return vehicleId == 1 ? new Clock(13_680, 14_400, 1_795_200_000_000L, true, 1_795_199_000_000L) : null;
    }

    @Override
    public void submit(int vehicleId, UUID commandId) {
        submitted.add(commandId);
    }

    List<UUID> submitted() {
        return submitted;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Refusals refusals() {
        Instant noon = Instant.parse("2026-03-10T04:00:00Z");
        return new Refusals(
                List.of(
                        new Refused(
                                "13912345678",
                                "10.1.2.3",
                                "other_plate",
                                3,
                                noon,
                                noon.plusSeconds(60),
                                new Registration("70111", "BSJ-A6", "A6B7C8D", 2, "粤B12345", 2019)),
                        new Refused("13800000009", "10.1.2.4", "unknown_phone", 1, noon, noon, null)),
                2);
    }

    @Override
    public Readers readers() {
        return new Readers(Map.of("writer", 12L, "rules", 3L));
    }

    @Override
    public @Nullable Diary diary(int vehicleId) {
        Instant noon = Instant.parse("2026-03-10T04:00:00Z");
        return vehicleId == 2
                ? null
                : new Diary(
                        3,
                        "V2.1",
                        "10.1.2.3",
                        4,
                        -95.5,
                        Map.of("bad_checksum", 2),
                        List.of(new Event(noon, "idle"), new Event(noon.minusSeconds(60), "online")));
    }

    @Override
    public @Nullable List<Frame> frames(int vehicleId) {
        return vehicleId == 2
                ? null
                : List.of(
                        new Frame(Instant.parse("2026-03-10T04:00:00Z"), "7E7E", Map.of("message_id", "0x0002"), true));
    }

    @Override
    public Instant since() {
        return Instant.parse("2026-03-10T03:00:00Z");
    }

    @Override
    public CompiledReference reference() {
        return reference;
    }

    private final class Feed {
        private final Listener listener;
        private long after;

        Feed(long after, Listener listener) {
            this.after = after;
            this.listener = listener;
        }

        synchronized void pump() {
            while (true) {
                Episode next;
                synchronized (episodes) {
                    if (after + 1 >= episodes.size()) {
                        return;
                    }
                    next = episodes.get((int) after + 1);
                }
                after++;
                listener.onEpisode(after, next);
            }
        }
    }
}
