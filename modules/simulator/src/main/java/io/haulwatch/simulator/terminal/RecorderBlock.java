package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.passage.RecorderData;

/** A block of GB/T 19056 with the truck's number in it. */
final class RecorderBlock {
    private RecorderBlock() {}

    static RecorderData answer(int serial, int command, Identity identity) {
        byte[] block = {0x55, 0x7A, (byte) command, 0, 4, 0, 0, 0, 0, 0, 0};
        BigEndian.putU16(block, 8, identity.truck());
        for (int i = 0; i < block.length - 1; i++) {
            block[block.length - 1] ^= block[i];
        }
        return new RecorderData(serial, command, Bytes.of(block));
    }
}
