package io.haulwatch.rules.vehicle;

/** Named places in a vehicle's block; each is owned by one rule, which is written beside it in {@link VehicleBlocks}. */
final class Slots {
    private Slots() {}

    /** A whole word. */
    record LongSlot(int word) {
        long get(long[] words, int base) {
            return words[base + word];
        }

        void set(long[] words, int base, long value) {
            words[base + word] = value;
        }
    }

    /** Half a word, the upper or the lower. */
    record IntSlot(int word, boolean upper) {
        int get(long[] words, int base) {
            long whole = words[base + word];
            return (int) (upper ? whole >>> 32 : whole);
        }

        void set(long[] words, int base, int value) {
            long whole = words[base + word];
            words[base + word] = upper
                    ? (whole & 0xFFFF_FFFFL) | (long) value << 32
                    : (whole & 0xFFFF_FFFF_0000_0000L) | (value & 0xFFFF_FFFFL);
        }
    }

    /** Some bits of an int that holds several small things. */
    record BitSlot(IntSlot in, int shift, int bits) {
        int get(long[] words, int base) {
            return in.get(words, base) >>> shift & ((1 << bits) - 1);
        }

        boolean isSet(long[] words, int base) {
            return get(words, base) != 0;
        }

        void set(long[] words, int base, int value) {
            int mask = ((1 << bits) - 1) << shift;
            in.set(words, base, (in.get(words, base) & ~mask) | (value << shift & mask));
        }

        void set(long[] words, int base, boolean value) {
            set(words, base, value ? 1 : 0);
        }
    }
}
