package io.haulwatch.console.directory;

import io.haulwatch.console.directory.FleetBook.Company;
import io.haulwatch.console.directory.FleetBook.Driver;
import io.haulwatch.console.directory.FleetBook.Vehicle;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest {@link FleetBook}: asks every few seconds whether the register has changed, and loads it again then and once a
 * minute. While the database is away the last book stands. One thread refreshes, any thread reads.
 */
public final class Directory {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final Duration ANYWAY = Duration.ofMinutes(1);
    private static final int FETCH = 5_000;
    private static final long ASK_MILLIS = 1_000;

    private final ScopedDatabase database;
    private final InstantSource clock;

    private final AtomicLong askedAtMillis = new AtomicLong();

    private volatile Runnable onNeed = () -> {};
    private volatile FleetBook book = FleetBook.EMPTY;
    private long number = -1;
    private Instant loadedAt = Instant.MIN;
    private boolean reachable = true;

    public Directory(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The newest book. */
    public FleetBook book() {
        return book;
    }

    /** Says that a name was asked for that the book does not have. Returns at once; asks at most once a second. */
    public void refreshSoon() {
        long now = clock.millis();
        if (now - askedAtMillis.get() >= ASK_MILLIS) {
            askedAtMillis.set(now);
            onNeed.run();
        }
    }

    /** @param work runs {@link #refresh} on a thread that may wait */
    public void onNeed(Runnable work) {
        this.onNeed = work;
    }

    /** Loads the register if it may have changed; a database that is away changes nothing. */
    public synchronized void refresh() {
        try {
            boolean due = loadedAt.equals(Instant.MIN) || loadedAt.plus(ANYWAY).isBefore(clock.instant());
            Optional<Loaded> loaded = database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                long now = number(connection);
                if (now == number && !due) {
                    return Optional.empty();
                }
                return Optional.of(new Loaded(now, load(connection, book.version() + 1)));
            });
            if (loaded.isPresent()) {
                // Only now: a load that broke off must not pass for the newest.
                number = loaded.get().number();
                loadedAt = clock.instant();
                if (!sameContent(loaded.get().book(), book)) {
                    book = loaded.get().book();
                }
            }
            reachable = true;
        } catch (SQLException e) {
            if (reachable) {
                LOG.warn("the register cannot be read, names stay as they were: {}", e.getMessage());
            }
            reachable = false;
        }
    }

    private record Loaded(long number, FleetBook book) {}

    private static boolean sameContent(FleetBook a, FleetBook b) {
        return a.companies().equals(b.companies())
                && a.vehicles().equals(b.vehicles())
                && a.drivers().equals(b.drivers());
    }

    private static long number(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select number from hw.reference_number");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static FleetBook load(Connection connection, long version) throws SQLException {
        Map<Integer, Company> companies = new HashMap<>();
        try (PreparedStatement query = fetching(
                        connection, "select company_id, name, adcode from hw.company where retired_at is null");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Company company = new Company(rows.getInt(1), rows.getString(2), rows.getString(3));
                companies.put(company.id(), company);
            }
        }
        Map<Integer, Driver> drivers = new HashMap<>();
        try (PreparedStatement query = fetching(
                        connection, "select driver_id, company_id, name from hw.driver where retired_at is null");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Driver driver = new Driver(rows.getInt(1), rows.getInt(2), rows.getString(3));
                drivers.put(driver.id(), driver);
            }
        }
        Map<Integer, Integer> assigned = new HashMap<>();
        try (PreparedStatement query = fetching(connection, """
                        select vehicle_id, driver_id from hw.assignment
                        where effective_from <= now() and effective_to > now() order by effective_from
                        """);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                assigned.put(rows.getInt(1), rows.getInt(2));
            }
        }
        Map<Integer, Vehicle> vehicles = new HashMap<>();
        try (PreparedStatement query = fetching(connection, """
                        select vehicle_id, company_id, plate, plate_colour, vehicle_class
                        from hw.vehicle where retired_at is null
                        """);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                int id = rows.getInt(1);
                vehicles.put(
                        id,
                        new Vehicle(
                                id,
                                rows.getInt(2),
                                rows.getString(3),
                                rows.getInt(4),
                                rows.getString(5),
                                assigned.get(id)));
            }
        }
        return new FleetBook(version, companies, vehicles, drivers);
    }

    private static PreparedStatement fetching(Connection connection, String sql) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(FETCH);
        return query;
    }
}
