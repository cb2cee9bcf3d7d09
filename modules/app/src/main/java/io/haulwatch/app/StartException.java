package io.haulwatch.app;

/** The product cannot start or a command cannot be done; the message is one clear sentence for the operator. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public StartException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public StartException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
