package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;

/**
 * Who a terminal is.
 *
 * @param phone eleven digits
 * @param deviceId seven capitals and digits
 * @param plateColour 2 yellow for heavy trucks
 */
public record Identity(
        int truck, String phone, Edition edition, String deviceId, String plate, int plateColour, String adcode) {
    /** Maker id that the simulated terminals give. */
    public static final String MAKER = "70808";

    /** Terminal model that the simulated terminals give. */
    public static final String MODEL = "HW-SIM1";
}
