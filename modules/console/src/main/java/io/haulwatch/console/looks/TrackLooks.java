package io.haulwatch.console.looks;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A regulator opens a truck's track with a reason, which stands for a working day. Everything that tells where one truck has been asks
 * here first, after it knows that the truck may be seen: a foreign truck must not answer otherwise than one that is not there.
 */
public final class TrackLooks {
    /** How long a reason stands. */
    public static final Duration STANDS = Duration.ofHours(8);

    private final InstantSource clock;

    public TrackLooks(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws Refusal {@code reason-needed} if a reason has to be given first */
    public void ask(Connection connection, Call call, int vehicleId) throws SQLException {
        if (isOwed(connection, call, vehicleId)) {
            throw Refusal.notAllowedYet(
                    "reason-needed",
                    "Opening a truck's track asks for a reason that its company can see: POST /api/v1/vehicles/"
                            + vehicleId + "/looks.");
        }
    }

    /** Whether a reason has to be given first; for answers that tell the rest without it. */
    public boolean isOwed(Connection connection, Call call, int vehicleId) throws SQLException {
        SignedIn who = call.user();
        return isAsked(who.role())
                && new SqlText(
                                "select from hw.track_look where user_id = ? and vehicle_id = ? and until > ?",
                                who.userId(),
                                vehicleId,
                                clock.instant())
                        .within(call.scope(), "company_id = any (?)")
                        .first(connection, row -> true)
                        .isEmpty();
    }

    /** Whether a role gives reasons. */
    static boolean isAsked(Role role) {
        return role == Role.REGULATOR;
    }

    /** Keeps a reason. @return until when it stands */
    Instant add(Connection connection, int userId, int companyId, int vehicleId, String reason) throws SQLException {
        Instant now = clock.instant();
        Instant until = now.plus(STANDS);
        new SqlText(
                        "insert into hw.track_look (company_id, vehicle_id, user_id, reason, opened_at, until)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        companyId,
                        vehicleId,
                        userId,
                        reason,
                        now,
                        until)
                .run(connection);
        return until;
    }
}
