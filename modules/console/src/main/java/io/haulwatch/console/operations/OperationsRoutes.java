package io.haulwatch.console.operations;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.console.session.Right;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics, health and the API's own description. */
public final class OperationsRoutes {
    private static final String OPENAPI = "/io/haulwatch/console/openapi.json";

    private final PrometheusMeterRegistry meters;
    private final OperationsStatus operations;
    private final boolean metricsPublic;

    /** @param metricsPublic whether others than this machine may read the metrics */
    public OperationsRoutes(PrometheusMeterRegistry meters, OperationsStatus operations, boolean metricsPublic) {
        this.meters = meters;
        this.operations = operations;
        this.metricsPublic = metricsPublic;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/metrics", Right.PUBLIC, this::metrics),
                Route.get("/health/live", Right.PUBLIC, call -> Answer.json(Map.of("status", "ok"))),
                Route.get("/health/ready", Right.PUBLIC, call -> ready()),
                Route.get("/api/v1/openapi.json", Right.PUBLIC, call -> openApi()));
    }

    private Answer metrics(Call call) {
        if (!metricsPublic && !isLoopback(call.address())) {
            throw Refusal.notAllowed("Metrics are read on this machine only; http.metrics_everywhere opens them.");
        }
        return Answer.bytes(
                200, meters.scrape().getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4; charset=utf-8");
    }

    /** Down while no report is acknowledged; degraded while the database is away, because reports and live alarms go on. */
    private Answer ready() {
        OperationsStatus.Log log = operations.log();
        OperationsStatus.Database database = operations.database();
        String status = !log.accepting() ? "down" : database.up() ? "ok" : "degraded";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.put(
                "checks",
                Map.of(
                        "log", check(log.accepting(), log.reason()),
                        "database", check(database.up(), database.reason())));
        return Answer.json(log.accepting() ? 200 : 503, body);
    }

    private static Map<String, String> check(boolean ok, String reason) {
        return Map.of("status", ok ? "ok" : "down", "reason", ok ? "" : reason);
    }

    private static Answer openApi() throws IOException {
        try (InputStream in = OperationsRoutes.class.getResourceAsStream(OPENAPI)) {
            if (in == null) {
                throw new IllegalStateException("the API's description is missing: resource=" + OPENAPI);
            }
            return Answer.bytes(200, in.readAllBytes(), Answer.JSON);
        }
    }

    private static boolean isLoopback(String address) {
        // Only literal addresses come here, so nothing is looked up.
        if (address.isEmpty() || !address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
