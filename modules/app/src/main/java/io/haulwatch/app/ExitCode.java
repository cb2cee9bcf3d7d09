package io.haulwatch.app;

/** How the process ends; part of the contract with scripts and service managers. */
public final class ExitCode {
    public static final int OK = 0;
    /** Usage or configuration. */
    public static final int USAGE = 2;

    public static final int PORT_IN_USE = 3;
    public static final int DATABASE = 4;
    public static final int DISK = 5;
    /** JDK or Node missing; said by the scripts. */
    public static final int TOOLS_MISSING = 6;

    private ExitCode() {}
}
