package io.haulwatch.console;

/** Somebody else listens where the console should. */
public final class PortInUseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(String host, int port, Throwable cause) {
        super("the port of the console is in use: host=" + host + ", port=" + port, cause);
        this.port = port;
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }
}
