package io.haulwatch.gateway.register;

/** The register says no to a registration; the terminal is told so. Any other failure of a {@link RegisterPort} leaves it without answer. */
public final class RegistrationRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RegistrationResult result;

    /** @param result what 0x8100 says; not SUCCESS */
    public RegistrationRefusedException(RegistrationResult result, String message) {
        super(message);
        if (result == RegistrationResult.SUCCESS) {
            throw new IllegalArgumentException("a refusal is not a success: " + message);
        }
        this.result = result;
    }

    public RegistrationResult result() {
        return result;
    }
}
