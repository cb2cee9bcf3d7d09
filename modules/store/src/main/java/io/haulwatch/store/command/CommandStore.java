package io.haulwatch.store.command;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The gateway's side of the table of commands. A state changes only from the state that the caller believes it has. */
public final class CommandStore {
    private final DataSource writer;

    /** @param writer pool of the role that changes states */
    public CommandStore(DataSource writer) {
        this.writer = writer;
    }

    /**
     * A command that is queued or sent.
     *
     * @param kind as in the table
     * @param payload JSON as the console wrote it
     * @param state queued or sent
     */
    public record Pending(
            UUID commandId,
            int vehicleId,
            String kind,
            String payload,
            String state,
            int attempts,
            long expiresMillis) {}

    /**
     * A step of a command.
     *
     * @param serial message serial on the wire, −1 if it was never sent
     * @param result one sentence for people, or null
     * @param responseJson what the terminal answered, or null
     */
    public record Step(
            UUID commandId,
            String from,
            String to,
            int serial,
            int attempts,
            long atMillis,
            @Nullable String result,
            @Nullable String responseJson) {}

    /** Vehicles that have commands queued or sent. */
    public Set<Integer> vehiclesWithPending() throws SQLException {
        Set<Integer> vehicles = new HashSet<>();
        try (Connection connection = connection();
                PreparedStatement query = connection.prepareStatement(
                        "select distinct vehicle_id from hw.command where state in ('queued', 'sent')");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                vehicles.add(rows.getInt(1));
            }
        }
        return vehicles;
    }

    /** Commands of a vehicle that are queued or sent, oldest first. */
    public List<Pending> pending(int vehicleId) throws SQLException {
        List<Pending> commands = new ArrayList<>();
        try (Connection connection = connection();
                PreparedStatement query = connection.prepareStatement("""
                        select command_id, kind, payload, state, attempts, (extract(epoch from expires_at) * 1000)::bigint
                        from hw.command where vehicle_id = ? and state in ('queued', 'sent')
                        order by created_at, command_id limit 100""")) {
            query.setInt(1, vehicleId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    commands.add(new Pending(
                            rows.getObject(1, UUID.class),
                            vehicleId,
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getInt(5),
                            rows.getLong(6)));
                }
            }
        }
        return commands;
    }

    /**
     * Makes a step durable; false if the command is not in {@link Step#from} any more, then the step did not happen. Parameters that the
     * terminal answered become what its twin says is reported, and zones what it holds, in the same transaction.
     */
    public boolean change(Step step) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean taken = update(connection, step);
                if (taken && step.responseJson() != null) {
                    reported(connection, step);
                }
                if (taken && step.to().equals("acknowledged")) {
                    ZonesHeld.note(connection, step);
                }
                connection.commit();
                return taken;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean update(Connection connection, Step step) throws SQLException {
        boolean done = !step.to().equals("queued") && !step.to().equals("sent");
        try (PreparedStatement update = connection.prepareStatement("""
                        update hw.command set state = ?, serial = coalesce(?, serial), attempts = ?,
                            sent_at = case when ? = 'sent' and sent_at is null then ? else sent_at end,
                            finished_at = ?, result = ?, response = ?::jsonb
                        where command_id = ? and state = ?""")) {
            Timestamp at = new Timestamp(step.atMillis());
            update.setString(1, step.to());
            update.setObject(2, step.serial() < 0 ? null : step.serial(), java.sql.Types.INTEGER);
            update.setInt(3, step.attempts());
            update.setString(4, step.to());
            update.setTimestamp(5, at);
            update.setTimestamp(6, done ? at : null);
            update.setString(7, step.result());
            update.setString(8, step.responseJson());
            update.setObject(9, step.commandId());
            update.setString(10, step.from());
            return update.executeUpdate() == 1;
        }
    }

    /** A parameter that comes several times in one answer has several values; the last one stands. */
    private static void reported(Connection connection, Step step) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into hw.terminal_parameter as old (vehicle_id, parameter_id, company_id, reported, reported_at)
                select distinct on (2) c.vehicle_id, (p ->> 'id')::bigint, v.company_id, p -> 'value', ?
                from hw.command c join hw.vehicle v using (vehicle_id)
                    cross join jsonb_array_elements(c.response -> 'parameters') with ordinality e (p, place)
                where c.command_id = ? and c.kind = 'READ_PARAMETERS' order by 2, place desc
                on conflict (vehicle_id, parameter_id) do update
                    set company_id = excluded.company_id, reported = excluded.reported, reported_at = excluded.reported_at
                    where old.reported_at is null or old.reported_at <= excluded.reported_at
                """)) {
            upsert.setTimestamp(1, new Timestamp(step.atMillis()));
            upsert.setObject(2, step.commandId());
            upsert.executeUpdate();
        }
    }

    /** Queued and past its time becomes expired, sent and past its time timed out. @return how many */
    public int endOverdue(long nowMillis) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement update = connection.prepareStatement("""
                        update hw.command set finished_at = ?,
                            result = case state when 'queued' then 'The terminal was not online before the command ran out.'
                                else 'The terminal did not answer before the command ran out.' end,
                            state = case state when 'queued' then 'expired' else 'timed_out' end
                        where state in ('queued', 'sent') and expires_at < ?""")) {
            Timestamp now = new Timestamp(nowMillis);
            update.setTimestamp(1, now);
            update.setTimestamp(2, now);
            return update.executeUpdate();
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = writer.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }
}
