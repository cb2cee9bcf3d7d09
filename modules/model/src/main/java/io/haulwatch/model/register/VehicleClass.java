package io.haulwatch.model.register;

/** Classes that the limits tell apart. */
public enum VehicleClass {
    /** 普通货车 */
    GENERAL,
    /** 危险货物运输车 */
    DANGEROUS_GOODS,
    /** 大件运输车 */
    OVERSIZE,
    /** 牵引车带挂 */
    TRAILER
}
