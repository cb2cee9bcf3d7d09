package io.haulwatch.store.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the audit's chain anew: each row's hash is SHA-256 of the hash before it and the row's own words. Who can write to the database
 * past the product can also compute a new chain; so the last hash of a day is to be noted elsewhere, and {@link #verify} asked for it.
 */
public final class AuditChain {
    private static final ZoneOffset LOCAL = ZoneOffset.ofHours(8);
    private static final int FETCH = 1_000;
    private static final int MOST_FAULTS = 20;

    private AuditChain() {}

    /**
     * The last link of a local day.
     *
     * @param rows of that day
     * @param hash of its last row, in hex
     */
    public record Day(LocalDate day, long rows, String hash) {}

    /**
     * What was found.
     *
     * @param rows that were looked at
     * @param days by their last link, oldest first
     * @param faults in words, the first {@value #MOST_FAULTS}
     */
    public record Result(long rows, List<Day> days, List<String> faults) {
        public Result {
            days = List.copyOf(days);
            faults = List.copyOf(faults);
        }

        public boolean good() {
            return faults.isEmpty();
        }
    }

    /**
     * Looks at every row.
     *
     * @param connection that sees all of the audit
     * @param noted hash in hex that was noted earlier and has to be in the chain, or null
     */
    public static Result verify(Connection connection, @Nullable String noted) throws SQLException {
        boolean automatic = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            return new Walk(noted).over(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(automatic);
        }
    }

    private static final class Walk {
        private final @Nullable String noted;
        private final MessageDigest sha256 = sha256();
        private final Map<LocalDate, Day> days = new TreeMap<>();
        private final List<String> faults = new ArrayList<>();
        private byte[] before = {};
        private long rows;
        private boolean seen;

        Walk(@Nullable String noted) {
            this.noted = noted == null ? null : noted.strip().toLowerCase(Locale.ROOT);
        }

        Result over(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                try (ResultSet row = statement.executeQuery("""
                        select c.chain_no, c.audit_id, c.hash, a.at, hw.audit_words(a), a.audit_id is not null
                        from hw.audit_chain c left join hw.audit a using (audit_id) order by c.chain_no""")) {
                    while (row.next()) {
                        look(row);
                    }
                }
                try (ResultSet row = statement.executeQuery("""
                        select audit_id from hw.audit a
                        where not exists (select from hw.audit_chain c where c.audit_id = a.audit_id) order by audit_id""")) {
                    while (row.next()) {
                        fault("row " + row.getLong(1) + " is in the audit and not in the chain: it was slipped in");
                    }
                }
            }
            if (noted != null && !seen) {
                fault("no row has the noted hash " + noted + ": the chain was cut or computed anew");
            }
            return new Result(rows, List.copyOf(days.values()), faults);
        }

        private void look(ResultSet row) throws SQLException {
            rows++;
            long no = row.getLong(1);
            long id = row.getLong(2);
            byte[] hash = row.getBytes(3);
            if (no != rows) {
                fault("link " + rows + " is missing before row " + id);
                rows = no;
            }
            if (!row.getBoolean(6)) {
                fault("row " + id + " was removed");
            } else {
                sha256.update(before);
                sha256.update(row.getString(5).getBytes(StandardCharsets.UTF_8));
                if (!MessageDigest.isEqual(sha256.digest(), hash)) {
                    fault("row " + id + " or its link was changed");
                }
                LocalDate day = Instant.ofEpochMilli(row.getTimestamp(4).getTime())
                        .atOffset(LOCAL)
                        .toLocalDate();
                String hex = HexFormat.of().formatHex(hash);
                days.merge(day, new Day(day, 1, hex), (one, next) -> new Day(day, one.rows() + 1, next.hash()));
                seen |= hex.equals(noted);
            }
            before = hash;
        }

        private void fault(String words) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(words);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
