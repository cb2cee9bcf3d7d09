package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Upgrade result (终端升级结果通知, 0x0108), 2013 and 2019.
 *
 * @param type 0 terminal, 12 IC card reader, 52 GNSS module
 * @param result 0 ok, 1 failed, 2 cancelled
 */
public record UpgradeResult(int type, int result) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable UpgradeResult read(BodyReader in) {
        return in.has(2) ? new UpgradeResult(in.u8(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("type", type)).putU8(Range.u8("result", result));
    }

    @Override
    public void describe(Tree tree) {
        UpgradePackage.putType(type, tree);
        tree.code("result", result, "ok", "failed", "cancelled");
    }
}
