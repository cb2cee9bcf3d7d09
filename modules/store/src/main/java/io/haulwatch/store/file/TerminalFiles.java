package io.haulwatch.store.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What terminals send to be kept. A large thing is a file first, synced with its folder, and then a row; so a row never names a file that is not
 * there, and a file without a row goes with its day. Names of files are made here of an id and a day, never of anything that was sent.
 */
public final class TerminalFiles {
    /** Larger things are files. */
    static final int LARGEST_IN_ROW = 4_096;

    /** Things that one truck may send within a day, however small. */
    static final int MOST_ITEMS_PER_DAY = 2_000;

    private static final Duration DAY = Duration.ofDays(1);
    /** A terminal keeps pictures while it has no link. */
    private static final Duration LATE = Duration.ofDays(7);

    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final String OTHER = "application/octet-stream";

    private final DataSource writer;
    private final Path folder;
    private final long bytesPerDay;
    private final long leastFree;

    /**
     * @param writer pool of the writer's role
     * @param folder made when it is needed
     * @param bytesPerDay that one truck may send within 24 hours
     * @param leastFree bytes of free space below which nothing is kept: the log comes first
     */
    public TerminalFiles(DataSource writer, Path folder, long bytesPerDay, long leastFree) {
        this.writer = writer;
        this.folder = folder;
        this.bytesPerDay = bytesPerDay;
        this.leastFree = leastFree;
    }

    /**
     * Something to keep.
     *
     * @param source which message it came in
     * @param takenMillis when it was taken, by the terminal's clock; null if it does not say
     * @param latitude 10⁻⁶ degree, null without a fix; likewise longitude
     * @param speed 0.1 km/h, null without a fix
     * @param mediaId id in the terminal; with type, event and channel null for what is no medium
     * @param detail pass-through type or command word of the recorder
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    public record Item(
            int vehicleId,
            Source source,
            long receivedMillis,
            @Nullable Long takenMillis,
            @Nullable Integer latitude,
            @Nullable Integer longitude,
            @Nullable Integer speed,
            @Nullable Long mediaId,
            @Nullable Integer type,
            @Nullable Integer event,
            @Nullable Integer channel,
            int detail,
            byte[] content) {}

    /** Which message something came in. */
    public enum Source {
        ANNOUNCED,
        MEDIUM,
        PASS_THROUGH,
        RECORDER
    }

    /** What became of it. */
    public enum Outcome {
        STORED,
        KNOWN,
        OVER_QUOTA,
        WRONG_TYPE
    }

    /**
     * Keeps something; durable when it returns.
     *
     * @throws IOException if the disk does not take it, or has too little free space
     * @throws SQLException if the database does not take it, or has no such truck: it is not kept, so nobody may say that it is
     */
    public Outcome keep(Item item) throws SQLException, IOException {
        FileFormat format = item.source() == Source.MEDIUM ? FileFormat.of(item.content()) : null;
        if (item.source() == Source.MEDIUM && format == null) {
            return Outcome.WRONG_TYPE;
        }
        byte[] sha256 = format == null ? null : sha256(item.content());
        if (sha256 != null && isKnown(item.vehicleId(), sha256)) {
            return Outcome.KNOWN;
        }
        if (overQuota(item)) {
            return Outcome.OVER_QUOTA;
        }
        UUID id = UUID.randomUUID();
        Path file = null;
        if (item.content().length > LARGEST_IN_ROW) {
            file = path(id, Instant.ofEpochMilli(item.receivedMillis()));
            DurableFile.write(folder, file, item.content(), leastFree);
        }
        boolean mayBeThere = false;
        try {
            mayBeThere = insert(id, item, format, sha256, file != null);
            return mayBeThere ? Outcome.STORED : Outcome.KNOWN;
        } catch (InDoubtException e) {
            mayBeThere = true;
            throw e;
        } finally {
            if (!mayBeThere && file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The database did not say what became of a commit. A row may name the file, so it stays; without a row it goes with its day. */
    private static final class InDoubtException extends SQLException {
        private static final long serialVersionUID = 1L;

        InDoubtException(SQLException cause) {
            super("the database did not say whether it committed", cause.getSQLState(), cause);
        }
    }

    /** The bytes of a file whose row has none. */
    public byte[] read(UUID id, Instant received) throws IOException {
        return Files.readAllBytes(path(id, received));
    }

    /** Lets go of everything that was received on a day before that of {@code before}: rows first, then the days' folders. @return rows */
    public long expire(Instant before) throws SQLException, IOException {
        LocalDate first = LocalDate.ofInstant(before, ZoneOffset.UTC);
        long rows;
        try (Connection connection = connection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from hw.terminal_file where received_at < ?")) {
            delete.setTimestamp(
                    1, Timestamp.from(first.atStartOfDay(ZoneOffset.UTC).toInstant()));
            rows = delete.executeUpdate();
        }
        for (Path day : days()) {
            if (isBefore(day, first)) {
                deleteTree(day);
            }
        }
        return rows;
    }

    private Path path(UUID id, Instant received) {
        return folder.resolve(LocalDate.ofInstant(received, ZoneOffset.UTC).toString())
                .resolve(id.toString());
    }

    private List<Path> days() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static boolean isBefore(Path day, LocalDate first) {
        try {
            return LocalDate.parse(String.valueOf(day.getFileName())).isBefore(first);
        } catch (DateTimeException e) {
            // Not one of ours.
            return false;
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean isKnown(int vehicleId, byte[] sha256) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement query = connection.prepareStatement(
                        "select 1 from hw.terminal_file where vehicle_id = ? and sha256 = ?")) {
            query.setInt(1, vehicleId);
            query.setBytes(2, sha256);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private boolean overQuota(Item item) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*), coalesce(sum(bytes), 0) from hw.terminal_file where vehicle_id = ? and received_at > ?")) {
            query.setInt(1, item.vehicleId());
            query.setTimestamp(2, new Timestamp(item.receivedMillis() - DAY.toMillis()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1) >= MOST_ITEMS_PER_DAY || row.getLong(2) + item.content().length > bytesPerDay;
            }
        }
    }

    /** A medium that was announced before takes its announcement's place. */
    private boolean insert(UUID id, Item item, @Nullable FileFormat format, byte @Nullable [] sha256, boolean inFile)
            throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (format != null || item.source() == Source.ANNOUNCED) {
                    dropAnnouncement(connection, item);
                }
                boolean inserted = insert(connection, id, item, format, sha256, inFile);
                commit(connection);
                return inserted;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void commit(Connection connection) throws InDoubtException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new InDoubtException(e);
        }
    }

    private static void dropAnnouncement(Connection connection, Item item) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from hw.terminal_file where vehicle_id = ? and media_id = ? and kind = 'announced'")) {
            delete.setInt(1, item.vehicleId());
            delete.setObject(2, item.mediaId(), Types.BIGINT);
            delete.executeUpdate();
        }
    }

    private static boolean insert(
            Connection connection,
            UUID id,
            Item item,
            @Nullable FileFormat format,
            byte @Nullable [] sha256,
            boolean inFile)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into hw.terminal_file (file_id, company_id, vehicle_id, kind, content_type, bytes, sha256, content, at, received_at,
                    lat, lon, speed, media_id, said_type, event, channel, detail)
                select ?, v.company_id, v.vehicle_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                from hw.vehicle v where v.vehicle_id = ? on conflict do nothing
                """)) {
            int i = 0;
            insert.setObject(++i, id);
            insert.setString(++i, kind(item.source(), format));
            insert.setString(++i, format == null ? OTHER : format.contentType());
            insert.setInt(++i, item.content().length);
            insert.setBytes(++i, sha256);
            insert.setBytes(++i, inFile || item.source() == Source.ANNOUNCED ? null : item.content());
            insert.setTimestamp(++i, new Timestamp(at(item)));
            insert.setTimestamp(++i, new Timestamp(item.receivedMillis()));
            insert.setObject(++i, item.latitude(), Types.INTEGER);
            insert.setObject(++i, item.longitude(), Types.INTEGER);
            insert.setObject(++i, item.speed(), Types.INTEGER);
            insert.setObject(++i, item.mediaId(), Types.BIGINT);
            insert.setObject(++i, item.type(), Types.SMALLINT);
            insert.setObject(++i, item.event(), Types.SMALLINT);
            insert.setObject(++i, item.channel(), Types.SMALLINT);
            insert.setInt(++i, item.detail());
            insert.setInt(++i, item.vehicleId());
            if (insert.executeUpdate() == 1) {
                return true;
            }
        }
        // Nothing was added: it is there already, or there is no truck that it could belong to.
        if (!isTruck(connection, item.vehicleId())) {
            throw new SQLException("what a terminal sent belongs to no truck: vehicleId=" + item.vehicleId());
        }
        return false;
    }

    private static boolean isTruck(Connection connection, int vehicleId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from hw.vehicle where vehicle_id = ?")) {
            query.setInt(1, vehicleId);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String kind(Source source, @Nullable FileFormat format) {
        return switch (source) {
            case ANNOUNCED -> "announced";
            case MEDIUM -> format == null ? "image" : format.kind();
            case PASS_THROUGH -> "pass_through";
            case RECORDER -> "recorder";
        };
    }

    private static long at(Item item) {
        Long taken = item.takenMillis();
        long received = item.receivedMillis();
        return taken != null && taken > received - LATE.toMillis() && taken < received + AHEAD.toMillis()
                ? taken
                : received;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = writer.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }
}
