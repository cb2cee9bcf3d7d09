package io.haulwatch.store.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.register.Enrolment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CommandStoreTest {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestDatabase database;

    private static int vehicleId;
    private final CommandStore store = new CommandStore(database.databases().writer());

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.onEmbedded();
        Enrolment enrolment = new Enrolment(database.databases().writer());
        vehicleId = Objects.requireNonNull(enrolment
                        .enrol(List.of(new Enrolment.Said("13900000001", "70111", "X", "A000001", 2, "粤B00001", 2013)))
                        .get("13900000001"))
                .vehicleId();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static UUID command(String expires) throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection admin = database.databases().administrator();
                PreparedStatement insert = admin.prepareStatement(
                        "insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at)"
                                + " values (?, 0, ?, 'TEXT', '{\"text\": \"慢行\"}', 1, now() + ?::interval)")) {
            insert.setObject(1, id);
            insert.setInt(2, vehicleId);
            insert.setString(3, expires);
            insert.executeUpdate();
        }
        return id;
    }

    private static CommandStore.Step step(UUID id, String from, String to) {
        return new CommandStore.Step(id, from, to, 7, 1, 1_790_000_000_000L, null, null);
    }

    @Test
    void aStepCountsOnlyFromTheStateThatTheCommandHas() throws SQLException {
        UUID id = command("10 minutes");
        assertThat(store.vehiclesWithPending()).contains(vehicleId);
        assertThat(store.pending(vehicleId).stream().map(CommandStore.Pending::commandId))
                .contains(id);
        assertThat(store.change(step(id, "sent", "acknowledged"))).isFalse();
        assertThat(store.change(step(id, "queued", "sent"))).isTrue();
        assertThat(store.change(step(id, "queued", "sent"))).isFalse();
        assertThat(store.change(step(id, "sent", "acknowledged"))).isTrue();
        assertThat(store.pending(vehicleId).stream().map(CommandStore.Pending::commandId))
                .doesNotContain(id);
    }

    @Test
    void whatNoTerminalEndsIsEndedByTime() throws SQLException {
        UUID queued = command("-1 minute");
        UUID fresh = command("10 minutes");
        assertThat(store.endOverdue(System.currentTimeMillis())).isEqualTo(1);
        assertThat(store.pending(vehicleId).stream().map(CommandStore.Pending::commandId))
                .contains(fresh)
                .doesNotContain(queued);
    }
}
