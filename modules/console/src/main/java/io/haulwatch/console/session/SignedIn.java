package io.haulwatch.console.session;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.store.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session with its user.
 *
 * @param sessionId names the session on pages
 * @param displayName null for the built-in administrator, whom pages name
 * @param scopeText see {@link Reach}
 * @param csrf must come back in the header {@code X-CSRF-Token} of each call that changes something
 * @param expiresAt end whatever happens
 * @param idleLimited whether it also ends after a time without calls
 * @param factor whether the user has a second factor
 * @param vouched whether the provider that this session came from says that it asked for a second factor
 * @param driverId whose phone it is; null for everybody who works in front of the fleet
 * @param tokenScopes what a program's token may read; null for a person's session
 */
public record SignedIn(
        long sessionId,
        int userId,
        String username,
        @Nullable String displayName,
        Role role,
        String scopeText,
        String locale,
        String csrf,
        Instant lastSeenAt,
        Instant expiresAt,
        boolean idleLimited,
        boolean factor,
        boolean vouched,
        @Nullable Integer driverId,
        @Nullable Set<TokenScope> tokenScopes) {

    private static final Scope NOTHING = new Scope.Companies(Set.of());

    public boolean may(Right right) {
        return right.heldBy(role);
    }

    /** What the user may see now: a driver what names him, others their companies. A reach that does not fit the role, and one that cannot be read, shows nothing. */
    public Scope scope(FleetBook book) {
        if (role == Role.DRIVER) {
            return driverId == null ? NOTHING : new Scope.OneDriver(driverId);
        }
        return Reach.of(scopeText)
                .filter(role::fits)
                .map(reach -> reach.scope(book))
                .orElse(NOTHING);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "SignedIn[userId=" + userId + ", role=" + role + ", scope=" + scopeText + "]";
    }
}
