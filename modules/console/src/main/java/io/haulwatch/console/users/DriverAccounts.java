package io.haulwatch.console.users;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.OneTimeLinks.Purpose;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts of drivers: nobody invites them, they are made when a driver first signs in or gets his first link, and follow his row of the register. */
public final class DriverAccounts {
    private static final Set<Purpose> ENTRY = EnumSet.of(Purpose.ENTRY);
    /** Somebody may have been invited under the name that a driver's account would have. */
    private static final int NAMES = 10;

    private static final String ACCOUNT = """
            select u.user_id, u.username, u.disabled, d.driver_id, d.company_id, d.name
            from hw.app_user u join hw.driver d on d.driver_id = u.driver_id where d.retired_at is null
            """;

    private final AuditLog audit;
    private final OneTimeLinks links;

    public DriverAccounts(AuditLog audit, SecureRandom random) {
        this.audit = audit;
        this.links = new OneTimeLinks(random);
    }

    /** A driver in service. */
    public record Driver(int id, int companyId, String name) {}

    /** His account. */
    public record Account(int userId, String username, boolean disabled, Driver driver) {}

    /** A driver's account, made if there is none yet. */
    public Account of(Connection connection, Driver driver) throws SQLException {
        for (int i = 0; i < NAMES; i++) {
            Account account = stored(connection, driver.id);
            if (account != null) {
                new SqlText(
                                "update hw.app_user set display_name = ? where user_id = ? and display_name is distinct from ?",
                                driver.name,
                                account.userId,
                                driver.name)
                        .run(connection);
                return account;
            }
            new SqlText(
                            """
                            insert into hw.app_user (username, display_name, role, scope, locale, driver_id)
                            values (?, ?, ?, ?, 'zh-CN', ?) on conflict do nothing
                            """,
                            "driver-" + driver.id + (i == 0 ? "" : "." + i),
                            driver.name,
                            Role.DRIVER.word(),
                            "company:" + driver.companyId,
                            driver.id)
                    .run(connection);
        }
        throw new IllegalStateException("every name for the driver's account is taken: driverId=" + driver.id);
    }

    /** A link by which a driver signs in once; an earlier one of his is worth nothing from here on. @param by who hands it over */
    public Link link(Connection connection, Account account, int by, String address, Instant now) throws SQLException {
        audit.add(
                connection,
                by,
                "driver.entry_link",
                "driver:" + account.driver.id,
                Map.of("username", account.username),
                address);
        return links.make(connection, account.userId, Purpose.ENTRY, by, now);
    }

    /** Takes a link away and says whose it was; empty for one that is unknown, over, spent, or of a driver who may not sign in. */
    public Optional<Account> redeem(Connection connection, String token, Instant now) throws SQLException {
        OneTimeLinks.Owner owner = links.find(connection, token, ENTRY, now).orElse(null);
        if (owner == null || !links.spend(connection, token)) {
            return Optional.empty();
        }
        return new SqlText(ACCOUNT).and("u.user_id = ?", owner.userId()).first(connection, DriverAccounts::account);
    }

    private static @Nullable Account stored(Connection connection, int driverId) throws SQLException {
        return new SqlText(ACCOUNT)
                .and("u.driver_id = ?", driverId)
                .first(connection, DriverAccounts::account)
                .orElse(null);
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getInt("user_id"),
                row.getString("username"),
                row.getBoolean("disabled"),
                new Driver(row.getInt("driver_id"), row.getInt("company_id"), row.getString("name")));
    }
}
