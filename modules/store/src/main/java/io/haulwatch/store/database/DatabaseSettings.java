package io.haulwatch.store.database;

/**
 * Where the database is and how to sign in.
 *
 * @param url JDBC address with the database's name, {@code jdbc:postgresql://host:port/haulwatch}, without credentials
 * @param adminName signs in for bootstrap and migrations; owns the database, or may create roles
 * @param writerConnections at most, for the log's readers, enrolment, commands and retention
 * @param appConnections at most, for the console
 */
public record DatabaseSettings(
        String url, String adminName, DatabasePasswords passwords, int writerConnections, int appConnections) {
    /** Name of the database on the embedded server. */
    public static final String EMBEDDED_DATABASE = "haulwatch";

    private static final int WRITER_CONNECTIONS = 8;
    private static final int APP_CONNECTIONS = 16;

    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database address begins with jdbc:postgresql: : url=" + url);
        }
        if (writerConnections < 2 || appConnections < 1) {
            throw new IllegalArgumentException("too few connections: writerConnections=" + writerConnections
                    + ", appConnections=" + appConnections);
        }
    }

    /** Settings with the usual number of connections. */
    public static DatabaseSettings of(String url, String adminName, DatabasePasswords passwords) {
        return new DatabaseSettings(url, adminName, passwords, WRITER_CONNECTIONS, APP_CONNECTIONS);
    }
}
