package io.haulwatch.simulator.world;

/** Numbers that look random and depend on nothing but their keys, so any of them can be asked for at any time, in any order. */
final class Chance {
    private Chance() {}

    /** Mixes keys to 64 bits that differ in about half of their places when any key differs. */
    static long bits(long seed, long a, long b, long c) {
        long h = mix(seed + 0x9E37_79B9_7F4A_7C15L);
        h = mix(h ^ (a * 0xBF58_476D_1CE4_E5B9L));
        h = mix(h ^ (b * 0x94D0_49BB_1331_11EBL));
        return mix(h ^ (c * 0xD6E8_FEB8_6659_FD93L));
    }

    /** A number in [0, 1). */
    static double unit(long seed, long a, long b, long c) {
        return (bits(seed, a, b, c) >>> 11) * 0x1p-53;
    }

    /** A whole number in [0, n). */
    static int below(int n, long seed, long a, long b, long c) {
        return (int) (unit(seed, a, b, c) * n);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
