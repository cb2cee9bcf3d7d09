package io.haulwatch.gateway.register;

/** Result of 0x8100, section 6.2 of the protocol; each with its number on the wire. */
public enum RegistrationResult {
    SUCCESS(0),
    VEHICLE_ALREADY_REGISTERED(1),
    VEHICLE_NOT_IN_DATABASE(2),
    TERMINAL_ALREADY_REGISTERED(3),
    TERMINAL_NOT_IN_DATABASE(4);

    private final int wire;

    RegistrationResult(int wire) {
        this.wire = wire;
    }

    /** 0..4, as on the wire. */
    public int wire() {
        return wire;
    }
}
