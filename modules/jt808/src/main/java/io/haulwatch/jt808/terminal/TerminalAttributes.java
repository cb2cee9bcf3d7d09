package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Terminal attributes (查询终端属性应答, 0x0107), 2013 and 2019. The printed 2013 offsets from the ICCID on are shifted by 8; the widths count (section 6.4).
 *
 * @param typeBits 0 passenger, 1 dangerous goods, 2 freight, 3 taxi, 6 disk video, 7 one-piece or split, 8 (2019) trailer
 * @param maker maker id (制造商 ID), padding trimmed
 * @param makerBytes width of the maker id: 5, or 11 from many 2019 terminals
 * @param model terminal model (终端型号), padding trimmed
 * @param terminalId terminal id (终端 ID), padding trimmed
 * @param iccid ICCID of the SIM card, 20 digits
 * @param hardware hardware version
 * @param firmware firmware version
 * @param gnssBits 0 GPS, 1 BeiDou, 2 GLONASS, 3 Galileo
 * @param networkBits 0 GPRS, 1 CDMA, 2 TD-SCDMA, 3 WCDMA, 4 CDMA2000, 5 TD-LTE, 7 other
 */
public record TerminalAttributes(
        int typeBits,
        String maker,
        int makerBytes,
        String model,
        String terminalId,
        String iccid,
        String hardware,
        String firmware,
        int gnssBits,
        int networkBits)
        implements MessageBody {

    static final int MAKER = 5;
    static final int MAKER_FIELD_2019 = 11;
    private static final int ICCID = 10;

    /**
     * Reads a body. In 2019 the standard and one codec have 5 bytes for the maker, another codec and the field 11 (section 13): the width with which the two
     * version lengths end exactly at the body's end is the right one, and 5 if none does.
     *
     * @return null if the body ends before the ICCID
     */
    public static @Nullable TerminalAttributes read(Edition edition, BodyReader in) {
        boolean is2019 = edition == Edition.V2019;
        int model = is2019 ? 30 : 20;
        int id = is2019 ? 30 : 7;
        int makerBytes = is2019 && !ends(in, MAKER, model, id) && ends(in, MAKER_FIELD_2019, model, id)
                ? MAKER_FIELD_2019
                : MAKER;
        if (!in.has(2 + makerBytes + model + id)) {
            return null;
        }
        return new TerminalAttributes(
                in.u16(),
                in.text(makerBytes),
                makerBytes,
                in.text(model),
                in.text(id),
                in.bcd(ICCID),
                in.shortText(),
                in.shortText(),
                in.u8(),
                in.u8());
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        boolean is2019 = edition == Edition.V2019;
        if (makerBytes != MAKER && !(is2019 && makerBytes == MAKER_FIELD_2019)) {
            throw new IllegalArgumentException(
                    "the maker id has 5 bytes, or 11 in 2019: makerBytes=" + makerBytes + " edition=" + edition.year());
        }
        return writer.putU16(Range.u16("typeBits", typeBits))
                .putPadded(maker, makerBytes)
                .putPadded(model, is2019 ? 30 : 20)
                .putPadded(terminalId, is2019 ? 30 : 7)
                .putBcd(iccid, ICCID)
                .putShortText(hardware)
                .putShortText(firmware)
                .putU8(Range.u8("gnssBits", gnssBits))
                .putU8(Range.u8("networkBits", networkBits));
    }

    @Override
    public void describe(Tree tree) {
        tree.bits(
                        "type",
                        typeBits,
                        "passenger",
                        "dangerous_goods",
                        "freight",
                        "taxi",
                        null,
                        null,
                        "disk_video",
                        "split",
                        "trailer")
                .put("maker", maker)
                .put("maker_bytes", makerBytes)
                .put("model", model)
                .put("terminal_id", terminalId)
                .put("iccid", iccid)
                .put("hardware", hardware)
                .put("firmware", firmware)
                .bits("gnss", gnssBits, "gps", "beidou", "glonass", "galileo")
                .bits("network", networkBits, "gprs", "cdma", "td_scdma", "wcdma", "cdma2000", "td_lte", null, "other");
    }

    private static boolean ends(BodyReader in, int maker, int model, int id) {
        int hardware = 2 + maker + model + id + ICCID;
        int firmware = hardware + 1 + in.peekU8(hardware);
        return in.has(firmware + 1) && in.length() == firmware + 1 + in.peekU8(firmware) + 2;
    }
}
