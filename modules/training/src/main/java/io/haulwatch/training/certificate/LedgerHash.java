package io.haulwatch.training.certificate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Chains the rows of a ledger: each row's hash is SHA-256 of the hash before it and of the row. Whoever changes, removes or inserts a row has to
 * change every hash after it; one hash that was printed or sent away proves all rows before it.
 */
public final class LedgerHash {
    private static final int LENGTH = 32;

    private LedgerHash() {}

    /** What comes before the first row: 32 bytes of zero. */
    public static byte[] start() {
        return new byte[LENGTH];
    }

    /**
     * Hash of a row.
     *
     * @param previous hash of the row before it, or {@link #start}
     * @param row its bytes, the same for the same content for ever; {@link #row} makes such
     */
    public static byte[] next(byte[] previous, byte[] row) {
        if (previous.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes: length=" + previous.length);
        }
        MessageDigest digest = sha256();
        digest.update(previous);
        return digest.digest(row);
    }

    /**
     * Bytes of a row of columns. Each column is preceded by its length, so that no two rows have the same bytes.
     *
     * @param columns as text in one form for ever, for example ISO 8601 for times
     */
    public static byte[] row(List<String> columns) {
        StringBuilder row = new StringBuilder();
        for (String column : columns) {
            row.append(column.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(column)
                    .append('\n');
        }
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The first row whose hash does not follow from it and from the one before.
     *
     * @param rows from the first of the ledger, each with the hash at its place in {@code hashes}
     * @return its place from 0, or nothing where all is as it was written
     */
    public static OptionalInt firstBroken(List<byte[]> rows, List<byte[]> hashes) {
        byte[] previous = start();
        for (int i = 0; i < Math.max(rows.size(), hashes.size()); i++) {
            if (i >= rows.size() || i >= hashes.size()) {
                return OptionalInt.of(i);
            }
            previous = next(previous, rows.get(i));
            if (!MessageDigest.isEqual(previous, hashes.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
