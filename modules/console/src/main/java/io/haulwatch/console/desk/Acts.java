package io.haulwatch.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of acts. */
final class Acts {
    /** An act can be undone for this long. */
    static final Duration UNDO = Duration.ofSeconds(5);

    private static final String ACT = """
            select a.act_id, a.batch, a.episode_id, a.company_id, a.kind, a.content, a.note, a.begun_by, a.takes_effect_at, a.address, a.state
            from hw.desk_act a where true
            """;

    private final ObjectMapper json;

    Acts(ObjectMapper json) {
        this.json = json;
    }

    /** Stores one that was begun now. */
    long add(Connection connection, Work work, ActContent act, UUID batch, int userId, Instant now, String address)
            throws SQLException {
        return new SqlText(
                        """
                        insert into hw.desk_act (batch, episode_id, company_id, kind, content, note, begun_by, begun_at, takes_effect_at,
                            address)
                        values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?) returning act_id
                        """,
                        batch,
                        work.id(),
                        work.companyId(),
                        act.kind().word(),
                        act.content().toString(),
                        act.note(),
                        userId,
                        now,
                        now.plus(UNDO),
                        address)
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
    }

    Optional<Act> one(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText(ACT)
                .within(scope, "a.company_id = any (?)")
                .and("a.act_id = ?", id)
                .first(connection, this::act);
    }

    /** What was begun together, in the order in which rows are held. */
    List<Act> ofBatch(Connection connection, Scope scope, UUID batch) throws SQLException {
        return new SqlText(ACT)
                .within(scope, "a.company_id = any (?)")
                .and("a.batch = ?", batch)
                .add("order by a.episode_id")
                .list(connection, this::act);
    }

    /** The pending one of an alarm. */
    Optional<Act> pending(Connection connection, UUID episode) throws SQLException {
        return new SqlText(ACT)
                .and("a.episode_id = ? and a.state = 'pending'", episode)
                .first(connection, this::act);
    }

    /** Pending ones whose time has come; also those whose time lies further ahead than it can, because the clock was set back. */
    List<Act> due(Connection connection, Instant now, int most) throws SQLException {
        return new SqlText(ACT)
                .and("a.state = 'pending'")
                .and("a.takes_effect_at <= ? or a.takes_effect_at > ?", now, farthest(now))
                .add("order by a.takes_effect_at, a.act_id limit ?", most)
                .list(connection, this::act);
    }

    /** Who else has done something about the alarm of an act since it was begun, the last one. */
    Since since(Connection connection, Act act, int me) throws SQLException {
        return new SqlText("""
                select coalesce(u.display_name, u.username), a.kind
                from hw.episode_action a join hw.app_user u on u.user_id = a.user_id
                where a.episode_id = ? and a.user_id <> ? and a.action_id > (
                    select coalesce(max(b.action_id), 0) from hw.episode_action b
                    where b.episode_id = a.episode_id and b.user_id = ? and b.kind = 'begin' and b.note = ?)
                order by a.action_id desc limit 1
                """, act.episodeId(), me, me, act.kind().word())
                .first(connection, row -> new Since(row.getString(1), row.getString(2)))
                .orElseGet(() -> new Since(null, null));
    }

    /** Whether its time has come, or lies further ahead than it can. */
    static boolean isDue(Act act, Instant now) {
        return !act.takesEffectAt().isAfter(now) || act.takesEffectAt().isAfter(farthest(now));
    }

    private static Instant farthest(Instant now) {
        return now.plus(UNDO).plus(Work.SLACK);
    }

    /** Finishes one; says whether it was pending. @param by who, null for the clock */
    boolean finish(
            Connection connection,
            long id,
            String state,
            @Nullable Integer by,
            Instant now,
            @Nullable String failure,
            @Nullable UUID command)
            throws SQLException {
        SqlText sql = new SqlText("update hw.desk_act set state = ?, finished_at = ?", state, now);
        if (by != null) {
            sql.add(", finished_by = ?", by);
        }
        if (failure != null) {
            sql.add(", failure = ?", failure);
        }
        if (command != null) {
            sql.add(", command_id = ?", command);
        }
        return sql.add("where act_id = ? and state = 'pending'", id).run(connection) == 1;
    }

    private Act act(ResultSet row) throws SQLException {
        try {
            return new Act(
                    row.getLong("act_id"),
                    row.getObject("batch", UUID.class),
                    row.getObject("episode_id", UUID.class),
                    row.getInt("company_id"),
                    ActContent.Kind.of(row.getString("kind")),
                    json.readTree(row.getString("content")),
                    row.getString("note"),
                    row.getInt("begun_by"),
                    row.getTimestamp("takes_effect_at").toInstant(),
                    row.getString("address"),
                    row.getString("state"));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /** Who acted since, and how; null for nobody. */
    record Since(@Nullable String by, @Nullable String kind) {}

    /** An act as it is stored. @param address where it came from */
    record Act(
            long id,
            UUID batch,
            UUID episodeId,
            int companyId,
            ActContent.Kind kind,
            JsonNode content,
            String note,
            int begunBy,
            Instant takesEffectAt,
            String address,
            String state) {}
}
