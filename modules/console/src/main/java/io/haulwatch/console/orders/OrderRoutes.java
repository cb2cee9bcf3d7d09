package io.haulwatch.console.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.commands.SecretParameters;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.orders.Chosen.Truck;
import io.haulwatch.console.orders.OrderQueries.Act;
import io.haulwatch.console.orders.OrderQueries.Fresh;
import io.haulwatch.console.orders.OrderQueries.FreshTarget;
import io.haulwatch.console.orders.OrderQueries.OrderRow;
import io.haulwatch.console.orders.OrderQueries.TargetRow;
import io.haulwatch.console.orders.OrderQueries.Wave;
import io.haulwatch.console.port.ParameterBook;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.store.order.OrderRuns;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Orders to many trucks. Nothing is sent here: an order is put into its tables with the trucks of each wave, and the product's clock sends the
 * waves. What can stop or endanger a moving truck, or cut its terminal off, waits for the word of a second person.
 */
public final class OrderRoutes {
    private static final int MOST_PER_WAVE = 5_000;
    private static final int MOST_MINUTES = 7 * 24 * 60;
    private static final int LONGEST_NOTE = 200;
    private static final Duration DECIDED_WITHIN = Duration.ofHours(24);
    private static final List<String> STATES =
            List.of("waiting", "queued", "sent", "acknowledged", "refused", "timed_out", "expired", "dropped");
    private static final List<String> ACTIONS = List.of("pause", "resume", "cancel", "approve", "reject", "roll_back");

    private final ScopedDatabase database;
    private final OrderQueries queries;
    private final FleetState fleet;
    private final ParameterBook book;
    private final AuditLog audit;
    private final Cursors cursors;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public OrderRoutes(
            ScopedDatabase database,
            FleetState fleet,
            ParameterBook book,
            AuditLog audit,
            Cursors cursors,
            ObjectMapper json,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.database = database;
        this.queries = new OrderQueries(json);
        this.fleet = fleet;
        this.book = book;
        this.audit = audit;
        this.cursors = cursors;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/parameters", Right.WATCH, call -> Answer.json(new Page<>(book.kinds(), null))),
                Route.get("/api/v1/vehicles/:id/parameters", Right.WATCH, this::twin),
                Route.get("/api/v1/orders", Right.ORDER_IN_BULK, this::list),
                Route.post("/api/v1/orders", Right.ORDER_IN_BULK, this::create),
                Route.post("/api/v1/orders/count", Right.ORDER_IN_BULK, this::count),
                Route.get("/api/v1/orders/:id", Right.ORDER_IN_BULK, this::one),
                Route.get("/api/v1/orders/:id/trucks", Right.ORDER_IN_BULK, this::trucks),
                Route.post("/api/v1/orders/:id/actions", Right.ORDER_IN_BULK, this::act));
    }

    private Answer twin(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            SeenVehicle.require(connection, call.scope(), vehicleId);
            return new Page<>(queries.twin(connection, call.scope(), vehicleId), null);
        }));
    }

    private Answer list(Call call) throws SQLException {
        int limit = call.limit();
        String listName = call.user().userId() + "|orders";
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<OrderRow> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> queries.list(
                        connection,
                        call.scope(),
                        after == null ? null : UUID.fromString(after.get(0).textValue()),
                        limit + 1));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer count(Call call) throws SQLException {
        OrderContent content = OrderContent.of(call, book, json);
        Chosen chosen = Chosen.of(call, json);
        int waveSize = waveSize(call);
        List<Truck> trucks = trucks(call, chosen, content);
        int online = (int) trucks.stream()
                .filter(truck -> fleet.motionOf(truck.vehicleId()) != FleetState.Motion.OFFLINE
                        && fleet.motionOf(truck.vehicleId()) != FleetState.Motion.NEVER)
                .count();
        return Answer.json(new Count(
                trucks.size(),
                online,
                (int) trucks.stream().map(Truck::companyId).distinct().count(),
                (trucks.size() + waveSize - 1) / waveSize,
                content.secondPerson(),
                chosen.unknown(trucks)));
    }

    private Answer create(Call call) throws SQLException {
        OrderContent content = OrderContent.of(call, book, json);
        Chosen chosen = Chosen.of(call, json);
        List<Truck> trucks = trucks(call, chosen, content);
        int expected = number(call, "expected", 1, Integer.MAX_VALUE, 0);
        if (trucks.isEmpty()) {
            throw Refusal.ruleBroken("order-empty", "No truck that you may see has a terminal and fits the choice.");
        }
        if (expected != trucks.size()) {
            throw Refusal.ruleBroken(
                    "order-counted-otherwise",
                    "The choice is " + trucks.size() + " trucks now, not those that were counted: expected=" + expected
                            + ". Count again.");
        }
        Fresh fresh = new Fresh(
                ids.get(),
                content,
                chosen.words(),
                note(call),
                waveSize(call),
                number(call, "stop_percent", 0, 100, -1),
                number(call, "answer_minutes", 1, MOST_MINUTES, -1),
                null,
                call.user().userId(),
                clock.instant());
        return Answer.json(201, store(call, fresh, OrderQueries.same(trucks), "order.create"));
    }

    /** Puts it in, its trucks mixed so that a wave has something of each company and model; the mixture follows from the order's id. */
    private OrderRow store(Call call, Fresh fresh, List<FreshTarget> targets, String action) throws SQLException {
        List<FreshTarget> mixed = new ArrayList<>(targets);
        Collections.shuffle(mixed, new Random(fresh.id().getMostSignificantBits()));
        return database.write(call.scope(), fresh.userId(), connection -> {
            queries.add(connection, fresh, mixed);
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("kind", fresh.content().kind());
            detail.put("payload", told(fresh.content().payload()));
            detail.put("trucks", mixed.size());
            detail.put("reason", fresh.note());
            audit.add(connection, fresh.userId(), action, "order:" + fresh.id(), detail, call.address());
            return found(queries.one(connection, call.scope(), fresh.id()), fresh.id());
        });
    }

    /** As the audit keeps it for ever: passwords are in the order's own row alone. */
    private static String told(JsonNode payload) {
        JsonNode shown = payload.deepCopy();
        SecretParameters.hide(shown.path("parameters"));
        return shown.toString();
    }

    private Answer one(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        return Answer.json(
                database.read(call.scope(), call.user().userId(), connection -> detail(connection, call, id)));
    }

    private Detail detail(Connection connection, Call call, UUID id) throws SQLException {
        OrderRow order = found(queries.one(connection, call.scope(), id), id);
        return new Detail(order, queries.waves(connection, id), queries.acts(connection, id));
    }

    private Answer trucks(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Integer wave = call.number("wave", 1, Integer.MAX_VALUE);
        String state = call.word("state", STATES);
        int limit = call.limit();
        String listName = call.user().userId() + "|order|" + id + "|" + wave + "|" + state;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<TargetRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            found(queries.one(connection, call.scope(), id), id);
            return queries.targets(
                    connection,
                    id,
                    wave,
                    state,
                    after == null ? 0 : after.get(0).intValue(),
                    after == null ? 0 : after.get(1).intValue(),
                    limit + 1);
        });
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.wave(), last.vehicleId())));
    }

    private Answer act(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        int userId = call.user().userId();
        Instant now = clock.instant();
        OrderRow order =
                database.read(call.scope(), userId, connection -> found(queries.one(connection, call.scope(), id), id));
        String action = call.text("action", 1, 20);
        if (!ACTIONS.contains(action)) {
            throw Refusal.badValue("\"action\" must be one of " + String.join(", ", ACTIONS) + ".");
        }
        String reason = call.optionalText("reason", LONGEST_NOTE);
        if (action.equals("roll_back")) {
            return Answer.json(201, rollBack(call, order));
        }
        return Answer.json(database.write(call.scope(), userId, connection -> {
            String state = queries.hold(connection, id);
            switch (action) {
                case "pause" -> {
                    allowed(state, action, "running");
                    queries.change(connection, id, "paused", null);
                    OrderRuns.takeBack(connection, id, now);
                }
                case "resume" -> {
                    allowed(state, action, "paused", "halted");
                    if (state.equals("halted")) {
                        queries.forgive(connection, id);
                    }
                    queries.change(connection, id, "running", null);
                }
                case "cancel" -> {
                    allowed(state, action, "awaiting", "running", "paused", "halted");
                    queries.change(connection, id, "cancelled", now);
                    OrderRuns.takeBack(connection, id, now);
                }
                default -> decide(connection, order, action.equals("approve"), state, userId, now);
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("reason", reason);
            audit.add(connection, userId, "order." + action, "order:" + id, detail, call.address());
            return detail(connection, call, id);
        }));
    }

    private void decide(Connection connection, OrderRow order, boolean yes, String state, int userId, Instant now)
            throws SQLException {
        allowed(state, yes ? "approve" : "reject", "awaiting");
        if (order.createdById() == userId) {
            throw Refusal.ruleBroken(
                    "order-second-person", "Another person with the right must decide on an order that you made.");
        }
        if (yes && Instant.parse(order.createdAt()).plus(DECIDED_WITHIN).isBefore(now)) {
            throw Refusal.ruleBroken(
                    "order-too-old",
                    "It has waited for more than a day; cancel it and make it again if it is still meant.");
        }
        queries.decide(connection, UUID.fromString(order.id()), yes ? "running" : "rejected", userId, now);
    }

    /** An order that brings back what the terminals reported before; it says of how many trucks nothing was known. */
    private OrderRow rollBack(Call call, OrderRow order) throws SQLException {
        if (!order.kind().equals("set_parameters")
                || order.state().equals("running")
                || order.state().equals("awaiting")) {
            throw Refusal.ruleBroken(
                    "order-state", "Only new parameters whose order has ended or stands still can be rolled back.");
        }
        List<FreshTarget> targets = database.read(
                call.scope(),
                call.user().userId(),
                connection -> queries.before(connection, UUID.fromString(order.id())));
        if (targets.isEmpty()) {
            throw Refusal.ruleBroken("order-empty", "Of no truck that took the new values are the earlier ones known.");
        }
        Fresh fresh = new Fresh(
                ids.get(),
                new OrderContent(
                        "SET_PARAMETERS",
                        order.payload() instanceof ObjectNode payload ? payload : json.createObjectNode(),
                        order.secondPerson()),
                json.createObjectNode().put("listed", targets.size()),
                order.note(),
                order.waveSize(),
                order.stopPercent(),
                order.answerMinutes(),
                UUID.fromString(order.id()),
                call.user().userId(),
                clock.instant());
        return store(call, fresh, targets, "order.roll_back");
    }

    private static void allowed(String state, String action, String... from) {
        if (!List.of(from).contains(state)) {
            throw Refusal.ruleBroken(
                    "order-state", "An order that is " + state + " takes no such action: action=" + action + ".");
        }
    }

    /** The trucks that it is for; the content is complete then. */
    private List<Truck> trucks(Call call, Chosen chosen, OrderContent content) throws SQLException {
        return database.read(call.scope(), call.user().userId(), connection -> {
            List<Truck> trucks = chosen.trucks(connection, call.scope());
            content.complete(
                    connection, json, trucks.stream().map(Truck::companyId).collect(Collectors.toSet()));
            return trucks;
        });
    }

    private static OrderRow found(Optional<OrderRow> order, UUID id) {
        return order.orElseThrow(
                () -> Refusal.notFound("There is no such order among those whose trucks you all see: id=" + id + "."));
    }

    private static String note(Call call) {
        String note = call.text("note", 1, LONGEST_NOTE).strip();
        if (note.isEmpty()) {
            throw Refusal.badValue("\"note\" must say why.");
        }
        return note;
    }

    private static int waveSize(Call call) {
        return number(call, "wave_size", 1, MOST_PER_WAVE, -1);
    }

    /** @param absent what stands for an absent one; negative if it must be there */
    private static int number(Call call, String name, int from, int to, int absent) {
        JsonNode given = call.object().path(name);
        if (given.isMissingNode() && absent >= 0) {
            return absent;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.intValue() < from || given.intValue() > to) {
            throw Refusal.badValue("\"" + name + "\" must be a number from " + from + " to " + to + ".");
        }
        return given.intValue();
    }

    /** What an order would reach. */
    record Count(int trucks, int online, int companies, int waves, boolean secondPerson, List<String> unknown) {}

    /** An order, its waves and what was done to it. */
    record Detail(OrderRow order, List<Wave> waves, List<Act> acts) {}
}
