package io.haulwatch.console.duties;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.duty.ServiceBook.Done;
import io.haulwatch.store.duty.ServiceBook.Driven;
import io.haulwatch.store.duty.ServiceBook.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * When the trucks of a company are due for their next services. A service that was written down counts at once; the kilometres, which for thousands of
 * trucks are sums over a hundred thousand days, are at most ten minutes old. Thread-safe.
 */
public final class Services {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_COMPANIES = 2_000;

    private final Cache<Integer, Map<Integer, Driven>> driven;

    public Services(InstantSource clock) {
        this.driven = Caffeine.newBuilder()
                .maximumSize(MOST_COMPANIES)
                .expireAfterWrite(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** By truck, of those that the connection may see. */
    public Map<Integer, Service> of(Connection connection, int companyId, LocalDate today) throws SQLException {
        List<Done> done = ServiceBook.done(connection, companyId, today);
        Map<Integer, Driven> known = driven.get(companyId, company -> new ConcurrentHashMap<>());
        List<Done> unknown = done.stream()
                .filter(each -> {
                    Driven since = known.get(each.vehicleId());
                    return since == null || !since.since().equals(each.doneOn());
                })
                .toList();
        if (!unknown.isEmpty()) {
            Map<Integer, Driven> counted = ServiceBook.driven(connection, unknown, today);
            for (Done each : unknown) {
                known.put(each.vehicleId(), counted.getOrDefault(each.vehicleId(), new Driven(each.doneOn(), 0, 0)));
            }
        }
        return ServiceBook.due(done, known, today);
    }
}
