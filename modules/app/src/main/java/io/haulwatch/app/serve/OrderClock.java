package io.haulwatch.app.serve;

import io.haulwatch.gateway.command.CommandDesk;
import io.haulwatch.store.order.OrderRuns;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the orders to many trucks a step further every second, and tells the gateway of each wave. */
final class OrderClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderClock.class);
    private static final long EVERY_MILLIS = 1_000;

    private final OrderRuns runs;
    private final CommandDesk desk;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("orders").daemon(true).factory());
    private boolean going = true;

    OrderClock(OrderRuns runs, CommandDesk desk, InstantSource clock) {
        this.runs = runs;
        this.desk = desk;
        this.clock = clock;
        var unused = thread.scheduleWithFixedDelay(this::step, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            runs.advance(clock.instant()).forEach(sent -> desk.submit(sent.vehicleId(), sent.commandId()));
            going = true;
        } catch (SQLException | RuntimeException e) {
            // Orders wait in their tables; said once, not each second.
            if (going) {
                LOG.warn("orders cannot go on, tried again each second", e);
            }
            going = false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
