package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.model.report.PositionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Driver identity (驾驶员身份信息, 0x0702) of 2013 and 2019. A body of 7 bytes is complete for a card that was taken out; texts of which the end is
 * missing are cut.
 *
 * @param edition 2019 if an identity card number follows, else 2013
 * @param state 1 card in (on duty 上班), 2 card out (off duty 下班)
 * @param cardMillis when, ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}
 * @param readResult 0 ok, 1 key check failed, 2 card locked, 3 card pulled out, 4 data check failed; −1 if not sent
 * @param name name, empty unless the card was read
 * @param qualification qualification code (从业资格证), empty unless the card was read
 * @param authority issuing authority, empty unless the card was read
 * @param validUntil eight digits YYYYMMDD as sent, empty unless the card was read
 * @param identityCard identity card number, 2019 only, else empty
 */
public record DriverIdentity(
        Edition edition,
        int state,
        long cardMillis,
        int readResult,
        String name,
        String qualification,
        String authority,
        String validUntil,
        String identityCard) {

    /** Card in. */
    public static final int CARD_IN = 1;
    /** Card out. */
    public static final int CARD_OUT = 2;

    private static final int HEAD = 7;
    private static final int CODE = 20;
    private static final int DATE = 4;

    /** Reads a body of 2013 or 2019; null if it is too short. */
    public static @Nullable DriverIdentity read(byte[] bytes, int offset, int length) {
        if (length < HEAD) {
            return null;
        }
        int state = BigEndian.u8(bytes, offset);
        long cardMillis = DeviceTime.millis(bytes, offset + 1);
        int end = offset + length;
        int result = length > HEAD && state == CARD_IN ? BigEndian.u8(bytes, offset + HEAD) : -1;
        if (result != 0) {
            return new DriverIdentity(Edition.V2013, state, cardMillis, result, "", "", "", "", "");
        }
        int at = offset + HEAD + 1;
        int nameLength = at < end ? BigEndian.u8(bytes, at) : 0;
        int name = at + 1;
        int qualification = name + nameLength;
        int authorityLength = qualification + CODE < end ? BigEndian.u8(bytes, qualification + CODE) : 0;
        int authority = qualification + CODE + 1;
        int valid = authority + authorityLength;
        int identity = valid + DATE;
        return new DriverIdentity(
                identity < end ? Edition.V2019 : Edition.V2013,
                state,
                cardMillis,
                result,
                text(bytes, name, nameLength, end),
                text(bytes, qualification, CODE, end),
                text(bytes, authority, authorityLength, end),
                identity <= end ? Bcd.hex(bytes, valid, DATE) : "",
                text(bytes, identity, CODE, end));
    }

    private static String text(byte[] bytes, int at, int length, int end) {
        return at >= end ? "" : Gbk.text(bytes, at, Math.min(length, end - at));
    }
}
