package io.haulwatch.console.session;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.store.scope.Scope;
import java.time.Instant;
import java.util.Set;

/**
 * A session with its user.
 *
 * @param scopeText {@code all}, {@code company:<id>} or {@code region:<2, 4 or 6 digits>}
 * @param csrf must come back in the header {@code X-CSRF-Token} of each call that changes something
 * @param expiresAt end whatever happens
 * @param idleLimited whether it also ends after a time without calls
 */
public record SignedIn(
        int userId,
        String username,
        String displayName,
        Role role,
        String scopeText,
        String locale,
        String csrf,
        Instant lastSeenAt,
        Instant expiresAt,
        boolean idleLimited) {

    public boolean may(Right right) {
        return right.heldBy(role);
    }

    /** The companies that the user may see now. A company user without a company scope, and any scope that cannot be read, sees nothing. */
    public Scope scope(FleetBook book) {
        if (scopeText.equals("all")) {
            return role == Role.COMPANY ? new Scope.Companies(Set.of()) : Scope.ALL;
        }
        int colon = scopeText.indexOf(':');
        String kind = colon < 0 ? "" : scopeText.substring(0, colon);
        String value = scopeText.substring(colon + 1);
        return switch (kind) {
            case "company" -> new Scope.Companies(Set.of(Integer.parseInt(value)));
            case "region" -> new Scope.Companies(book.companiesInRegion(value));
            default -> new Scope.Companies(Set.of());
        };
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "SignedIn[userId=" + userId + ", role=" + role + ", scope=" + scopeText + "]";
    }
}
