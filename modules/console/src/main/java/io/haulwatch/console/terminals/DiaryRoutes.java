package io.haulwatch.console.terminals;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.port.TerminalDiaries;
import io.haulwatch.console.port.TerminalDiaries.Diary;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A truck's terminal: who it is, how it comes and goes, what is wrong with what it says, its last frames; and the same by model. */
public final class DiaryRoutes {
    /** Beyond, a clock that is this far from ours is wrong and not merely late. */
    private static final double CLOCK_SECONDS = 60;

    private static final String TERMINAL = """
            select v.vehicle_id, v.plate, c.name, t.phone, t.maker, t.model, t.device_id, t.edition, t.registered_at, t.last_seen_at
            from hw.vehicle v join hw.company c on c.company_id = v.company_id
                left join lateral (select * from hw.terminal t where t.vehicle_id = v.vehicle_id
                    order by t.registered_at desc nulls last, t.terminal_id desc limit 1) t on true
            where v.retired_at is null
            """;

    /**
     * Positions that were not believed, of the days that the figures hold; two parameters are the first of these days and its first moment. A truck's figures
     * are those of the terminal in it now, not also of the one that was there before.
     */
    private static final String MODELS = """
            select v.vehicle_id, t.maker, t.model, coalesce(d.points, 0), coalesce(b.doubts, 0)
            from hw.vehicle v
                join lateral (select * from hw.terminal t where t.vehicle_id = v.vehicle_id
                    order by t.registered_at desc nulls last, t.terminal_id desc limit 1) t on true
                left join lateral (select sum(points) as points from hw.vehicle_day d
                    where d.vehicle_id = v.vehicle_id and d.day >= ?) d on true
                left join lateral (select count(*) as doubts from hw.doubt b
                    where b.vehicle_id = v.vehicle_id and b.device_time >= ?) b on true
            where v.retired_at is null
            """;

    private static final int DAYS = 7;
    /** Of the sums by model, which are of every terminal. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration SHOWN = Duration.ofMinutes(1);

    private final ScopedDatabase database;
    private final TerminalDiaries diaries;
    private final FleetState fleet;
    private final InstantSource clock;
    private final Recent<Scope, List<ModelRow>> models;

    /** @param workers count what has grown old */
    public DiaryRoutes(
            ScopedDatabase database, TerminalDiaries diaries, FleetState fleet, Executor workers, InstantSource clock) {
        this.models = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                scope -> database.read(scope, ScopedDatabase.NO_USER, connection -> rows(connection, scope)));
        this.database = database;
        this.diaries = diaries;
        this.fleet = fleet;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/vehicles/:id/terminal", Right.WATCH, this::terminal),
                Route.get("/api/v1/vehicles/:id/frames", Right.COMMAND_TERMINALS, this::frames),
                Route.get("/api/v1/terminals/models", Right.WATCH, this::models));
    }

    private Answer terminal(Call call) throws SQLException {
        Identity identity = identity(call);
        Motion motion = fleet.motionOf(identity.vehicleId());
        return Answer.json(new Terminal(
                identity,
                motion == Motion.MOVING || motion == Motion.STOPPED,
                Json.time(diaries.since()),
                diary(diaries.diary(identity.vehicleId()))));
    }

    private Answer frames(Call call) throws SQLException {
        Identity identity = identity(call);
        List<TerminalDiaries.Frame> frames = diaries.frames(identity.vehicleId());
        if (frames == null) {
            throw Refusal.ruleBroken(
                    "no-frames",
                    "The terminal has not signed on since the start, or the frames of too many terminals are looked at: close another page.");
        }
        return Answer.json(new Page<>(
                frames.stream()
                        .map(frame -> new FrameRow(Json.time(frame.at()), frame.hex(), frame.decoded(), frame.whole()))
                        .toList(),
                null));
    }

    private Identity identity(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        Optional<Identity> found = database.read(
                call.scope(),
                call.user().userId(),
                connection -> new SqlText(TERMINAL)
                        .within(call.scope(), "v.company_id = any (?)")
                        .and("v.vehicle_id = ?", vehicleId)
                        .first(connection, DiaryRoutes::identity));
        return found.orElseThrow(() -> SeenVehicle.unknown(vehicleId));
    }

    private static Identity identity(ResultSet row) throws SQLException {
        int edition = row.getInt("edition");
        return new Identity(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString("phone"),
                row.getString("maker"),
                row.getString("model"),
                row.getString("device_id"),
                edition == 0 ? null : edition,
                time(row.getTimestamp("registered_at")),
                time(row.getTimestamp("last_seen_at")));
    }

    private Answer models(Call call) throws SQLException {
        return Answer.json(new Models(Json.time(diaries.since()), models.of(call.scope())));
    }

    private List<ModelRow> rows(Connection connection, Scope scope) throws SQLException {
        Map<List<String>, Sum> sums = new LinkedHashMap<>();
        sum(connection, scope, sums);
        List<ModelRow> rows = new ArrayList<>();
        sums.forEach((model, sum) -> rows.add(sum.row(model.getFirst(), model.getLast())));
        rows.sort((a, b) -> Integer.compare(b.terminals(), a.terminals()));
        return List.copyOf(rows);
    }

    private void sum(Connection connection, Scope scope, Map<List<String>, Sum> sums) throws SQLException {
        LocalDate first = clock.instant().atZone(PaperState.ZONE).toLocalDate().minusDays(DAYS - 1L);
        SqlText models =
                new SqlText(MODELS, first, first.atStartOfDay(PaperState.ZONE).toInstant());
        models.within(scope, "v.company_id = any (?)").each(connection, row -> {
            String maker = row.getString(2);
            String model = row.getString(3);
            Sum sum = sums.computeIfAbsent(
                    List.of(maker == null ? "" : maker, model == null ? "" : model), key -> new Sum());
            sum.terminals++;
            sum.points += row.getLong(4);
            sum.doubts += row.getLong(5);
            Diary diary = diaries.diary(row.getInt(1));
            if (diary != null) {
                sum.add(diary);
            }
        });
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }

    private static @Nullable DiaryRow diary(@Nullable Diary diary) {
        return diary == null
                ? null
                : new DiaryRow(
                        diary.signOns(),
                        diary.firmware(),
                        diary.address(),
                        diary.wrongLengths(),
                        diary.clockAheadSeconds(),
                        diary.faults(),
                        diary.events().stream()
                                .map(event -> new EventRow(Json.time(event.at()), event.event()))
                                .toList());
    }

    /** The terminals of one model, added up. */
    private static final class Sum {
        private int terminals;
        private int seen;
        private long points;
        private long doubts;
        private int wrongLengths;
        private int wrongClocks;
        private int reconnects;
        private int faults;

        void add(Diary diary) {
            seen++;
            wrongLengths += diary.wrongLengths();
            reconnects += Math.max(0, diary.signOns() - 1);
            faults +=
                    diary.faults().values().stream().mapToInt(Integer::intValue).sum();
            Double ahead = diary.clockAheadSeconds();
            if (ahead != null && Math.abs(ahead) > CLOCK_SECONDS) {
                wrongClocks++;
            }
        }

        ModelRow row(String maker, String model) {
            return new ModelRow(
                    maker,
                    model,
                    terminals,
                    seen,
                    points == 0 ? null : Math.round(doubts * 1e6 / points) / 100.0,
                    wrongLengths,
                    wrongClocks,
                    reconnects,
                    faults);
        }
    }

    /** Who a terminal is, by the register. */
    record Identity(
            int vehicleId,
            String plate,
            String company,
            @Nullable String phone,
            @Nullable String maker,
            @Nullable String model,
            @Nullable String terminalId,
            @Nullable Integer edition,
            @Nullable String registeredAt,
            @Nullable String lastSeenAt) {}

    /** @param diary null if it has not signed on since */
    record Terminal(
            Identity identity,
            boolean online,
            String since,
            @Nullable DiaryRow diary) {}

    record DiaryRow(
            int signOns,
            String firmware,
            String address,
            int wrongLengths,
            @Nullable Double clockAheadS,
            Map<String, Integer> faults,
            List<EventRow> events) {}

    record EventRow(String at, String event) {}

    record FrameRow(String at, String hex, Map<String, @Nullable Object> decoded, boolean whole) {}

    /** @param since when it began to be counted, but for the doubts */
    record Models(String since, List<ModelRow> items) {}

    /**
     * The terminals of one model.
     *
     * @param seen signed on since the start
     * @param doubtsPer10000 positions of seven days that were not believed, in ten thousand; null without any position
     * @param wrongClocks terminals whose newest report is more than a minute off
     */
    record ModelRow(
            String maker,
            String model,
            int terminals,
            int seen,
            @Nullable Double doubtsPer10000,
            int wrongLengths,
            int wrongClocks,
            int reconnects,
            int faults) {}
}
