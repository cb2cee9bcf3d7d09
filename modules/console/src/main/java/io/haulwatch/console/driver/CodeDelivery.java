package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.notifications.OperatorWebhook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a code to a phone by the program that the operator names. It is sent once, on a thread of its own: who waits for a code asks for another.
 * What came of it is counted, and kept in memory for the centre, which a driver calls when nothing arrives.
 */
public final class CodeDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CodeDelivery.class);
    private static final int THREADS = 2;
    private static final int WAITING = 500;
    private static final int REMEMBERED = 5_000;

    private final @Nullable OperatorWebhook webhook;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final Counter arrived;
    private final Counter failed;
    private final Counter told;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("haulwatch-codes-", 0).daemon(true).factory());
    private final Map<String, Sent> last = new LinkedHashMap<>(64, 0.75f, true);

    /** What came of a phone's last code. @param state {@code sending}, {@code arrived} or {@code failed} */
    record Sent(String state, @Nullable String fault) {}

    /** @param webhook null if the centre reads drivers their codes */
    public CodeDelivery(
            @Nullable OperatorWebhook webhook,
            ObjectMapper json,
            Supplier<UUID> ids,
            MeterRegistry meters,
            InstantSource clock) {
        this.webhook = webhook;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.arrived = counter(meters, "arrived");
        this.failed = counter(meters, "failed");
        this.told = counter(meters, "told");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("haulwatch.driver.codes")
                .description("Codes for drivers' phones, by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Whether codes go to phones; else people of the centre see them. */
    boolean isSending() {
        return webhook != null;
    }

    /** What came of a phone's last code; null if nothing is known. */
    @Nullable
    Sent last(String phone) {
        synchronized (last) {
            return last.get(phone);
        }
    }

    /** Sends a code; returns at once. */
    void send(String phone, String code, Instant expiresAt) {
        OperatorWebhook to = webhook;
        if (to == null) {
            told.increment();
            return;
        }
        String body = json.createObjectNode()
                .put("event", "driver_code")
                .put("phone", phone)
                .put("code", code)
                .put("expires_at", Json.time(expiresAt))
                .toString();
        keep(phone, new Sent("sending", null));
        try {
            workers.execute(() -> deliver(to, phone, body));
        } catch (RejectedExecutionException e) {
            over(phone, "too_many");
        }
    }

    private void deliver(OperatorWebhook to, String phone, String body) {
        try {
            over(phone, to.send(ids.get(), body, clock.instant()).orElse(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a code could not be sent", e);
            over(phone, "broken_off");
        }
    }

    private void over(String phone, @Nullable String fault) {
        (fault == null ? arrived : failed).increment();
        keep(phone, new Sent(fault == null ? "arrived" : "failed", fault));
        if (fault != null) {
            LOG.warn("a driver's code did not arrive: fault={}", fault);
        }
    }

    private void keep(String phone, Sent sent) {
        synchronized (last) {
            last.put(phone, sent);
            if (last.size() > REMEMBERED) {
                var oldest = last.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        if (webhook != null) {
            webhook.close();
        }
    }
}
