package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Upgrade package (下发终端升级包, 0x8108), 2013 and 2019; nearly always sub-packaged.
 *
 * @param type 0 terminal, 12 IC card reader, 52 GNSS module
 * @param maker maker id (制造商 ID), padding trimmed
 * @param makerBytes 5, or 11 where the terminal's own 0x0107 had 11 (section 13)
 * @param version version of what is sent
 * @param data the package
 */
public record UpgradePackage(int type, String maker, int makerBytes, String version, Bytes data)
        implements MessageBody {
    /** Reads a body; for 2019 the width of the maker is the one with which the data end exactly at the body's end, and 5 if none does. */
    public static @Nullable UpgradePackage read(Edition edition, BodyReader in) {
        boolean wide = edition == Edition.V2019
                && !ends(in, TerminalAttributes.MAKER)
                && ends(in, TerminalAttributes.MAKER_FIELD_2019);
        int makerBytes = wide ? TerminalAttributes.MAKER_FIELD_2019 : TerminalAttributes.MAKER;
        if (!in.has(1 + makerBytes + 1)) {
            return null;
        }
        int type = in.u8();
        String maker = in.text(makerBytes);
        String version = in.shortText();
        long length = in.u32();
        return new UpgradePackage(
                type, maker, makerBytes, version, in.bytes((int) Math.min(length, Integer.MAX_VALUE)));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        boolean wide = edition == Edition.V2019 && makerBytes == TerminalAttributes.MAKER_FIELD_2019;
        if (makerBytes != TerminalAttributes.MAKER && !wide) {
            throw new IllegalArgumentException(
                    "the maker id has 5 bytes, or 11 in 2019: makerBytes=" + makerBytes + " edition=" + edition.year());
        }
        return writer.putU8(Range.u8("type", type))
                .putPadded(maker, makerBytes)
                .putShortText(version)
                .putU32(data.size())
                .putBytes(data.toArray());
    }

    @Override
    public void describe(Tree tree) {
        putType(type, tree);
        tree.put("maker", maker)
                .put("maker_bytes", makerBytes)
                .put("version", version)
                .put("data_bytes", data.size());
    }

    static void putType(int type, Tree tree) {
        tree.put(
                "type",
                switch (type) {
                    case 0 -> "terminal";
                    case 12 -> "ic_card_reader";
                    case 52 -> "gnss_module";
                    default -> "code_" + type;
                });
    }

    private static boolean ends(BodyReader in, int maker) {
        int version = 1 + maker;
        int length = version + 1 + in.peekU8(version);
        return in.has(length + 4) && in.length() == length + 4 + in.peekU32(length);
    }
}
