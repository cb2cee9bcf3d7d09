package io.haulwatch.rules.vehicle;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stretches in use, by handle, and the spent ones for reuse. At most four a vehicle, so its size is bounded by the fleet. */
final class StretchPool {
    private @Nullable Stretch[] inUse = new Stretch[64];
    private Stretch[] spent = new Stretch[64];
    private int spentCount;
    private int highest;

    /** A stretch with a handle of its own; its content is that of its last use. */
    Stretch take() {
        Stretch stretch;
        if (spentCount > 0) {
            stretch = spent[--spentCount];
        } else {
            stretch = new Stretch();
            stretch.handle = ++highest;
            if (highest >= inUse.length) {
                inUse = Arrays.copyOf(inUse, inUse.length * 2);
            }
        }
        inUse[stretch.handle] = stretch;
        return stretch;
    }

    /** The stretch of a handle above 0. */
    Stretch get(int handle) {
        Stretch stretch = inUse[handle];
        if (stretch == null) {
            throw new IllegalStateException("a block names a stretch that is not in use: handle=" + handle);
        }
        return stretch;
    }

    void giveBack(Stretch stretch) {
        inUse[stretch.handle] = null;
        if (spentCount == spent.length) {
            spent = Arrays.copyOf(spent, spentCount * 2);
        }
        spent[spentCount++] = stretch;
    }

    /** Handles go from 1 to this. */
    int highest() {
        return highest;
    }

    /** The stretch of a handle, or null if it is not in use. */
    @Nullable
    Stretch orNull(int handle) {
        return inUse[handle];
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(highest);
        for (int handle = 1; handle <= highest; handle++) {
            Stretch stretch = inUse[handle];
            out.writeBoolean(stretch != null);
            if (stretch != null) {
                stretch.writeTo(out);
            }
        }
    }

    static StretchPool readFrom(DataInput in) throws IOException {
        StretchPool pool = new StretchPool();
        int handles = in.readInt();
        for (int handle = 1; handle <= handles; handle++) {
            Stretch stretch = pool.take();
            if (in.readBoolean()) {
                stretch.readFrom(in);
            } else {
                // Given back only after the loop would hand it out again at once: mark it by leaving it without a
                // vehicle.
                stretch.dense = -1;
            }
        }
        for (int handle = 1; handle <= handles; handle++) {
            Stretch stretch = pool.get(handle);
            if (stretch.dense < 0) {
                pool.giveBack(stretch);
            }
        }
        return pool;
    }
}
