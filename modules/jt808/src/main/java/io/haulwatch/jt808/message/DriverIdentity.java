package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.model.report.PositionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Driver identity (驾驶员身份信息, 0x0702). A body of 7 bytes is complete for a card that was taken out; texts of which the end is missing are cut. The padding of
 * the codes may stand in front or behind and is trimmed at both ends (section 13).
 *
 * @param edition 2011 for its own form, 2019 if an identity card number follows, else 2013
 * @param state 1 card in (on duty 上班), 2 card out (off duty 下班); 0 in 2011, which does not say
 * @param cardMillis when, ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}, as always in 2011
 * @param readResult 0 ok, 1 key check failed, 2 card locked, 3 card pulled out, 4 data check failed; −1 if not sent
 * @param name name, empty unless the card was read
 * @param qualification qualification code (从业资格证), empty unless the card was read
 * @param authority issuing authority, empty unless the card was read
 * @param validUntil eight digits YYYYMMDD as sent, empty unless the card was read
 * @param identityCard identity card number, 2011 and 2019 only, else empty
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
        String identityCard)
        implements MessageBody {

    /** Card in. */
    public static final int CARD_IN = 1;
    /** Card out. */
    public static final int CARD_OUT = 2;

    /** Read result: the card was read. */
    public static final int READ = 0;
    /** Read result: the card was pulled out before it was read. */
    public static final int PULLED_OUT = 3;

    private static final int HEAD = 7;
    private static final int CODE = 20;
    private static final int CODE_2011 = 40;
    private static final int DATE = 4;

    /** Reads a body in the form that header and body tell; null if it is too short. */
    public static @Nullable DriverIdentity read(byte[] bytes, int offset, int length) {
        BodyReader in = new BodyReader(bytes, offset, length);
        return read(edition(false, in), in);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable DriverIdentity read(Edition edition, BodyReader in) {
        return edition == Edition.V2011 ? read2011(in) : read2013(in);
    }

    /**
     * Nothing in a header tells 2011 from 2013. The form of 2011 begins with the length of the name and has two lengths that must meet the body's end; the later
     * one begins with a state 1 or 2 and a time.
     */
    public static Edition edition(boolean header2019, BodyReader in) {
        if (header2019) {
            return Edition.V2019;
        }
        int name = in.peekU8(0);
        int authority = 1 + name + CODE + CODE_2011;
        boolean fits2011 = in.has(authority + 1) && in.length() == authority + 1 + in.peekU8(authority);
        boolean fits2013 = (name == CARD_IN || name == CARD_OUT)
                && in.has(HEAD)
                && DeviceTime.millis(in.array(), in.position() + 1) != PositionRecord.UNREADABLE_TIME;
        return fits2011 && !fits2013 ? Edition.V2011 : Edition.V2013;
    }

    private static @Nullable DriverIdentity read2011(BodyReader in) {
        if (!in.has(1)) {
            return null;
        }
        String name = in.shortText();
        String identityCard = in.text(CODE);
        String qualification = in.text(CODE_2011);
        return new DriverIdentity(
                Edition.V2011,
                0,
                PositionRecord.UNREADABLE_TIME,
                -1,
                name,
                qualification,
                in.shortText(),
                "",
                identityCard);
    }

    private static @Nullable DriverIdentity read2013(BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        int state = in.u8();
        long cardMillis = in.time();
        int result = in.left() > 0 && state == CARD_IN ? in.u8() : -1;
        if (result != 0) {
            return new DriverIdentity(Edition.V2013, state, cardMillis, result, "", "", "", "", "");
        }
        String name = in.shortText();
        String qualification = in.text(CODE);
        String authority = in.shortText();
        String validUntil = in.bcd(DATE);
        boolean identity = in.left() > 0;
        return new DriverIdentity(
                identity ? Edition.V2019 : Edition.V2013,
                state,
                cardMillis,
                result,
                name,
                qualification,
                authority,
                validUntil,
                identity ? in.text(CODE) : "");
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        if (edition == Edition.V2011) {
            return writer.putShortText(name)
                    .putPadded(identityCard, CODE)
                    .putPadded(qualification, CODE_2011)
                    .putShortText(authority);
        }
        writer.putU8(Range.of("state", state, CARD_IN, CARD_OUT)).putTime(cardMillis);
        if (state == CARD_OUT) {
            return writer;
        }
        writer.putU8(Range.u8("readResult", readResult));
        if (readResult != 0) {
            return writer;
        }
        writer.putShortText(name)
                .putPadded(qualification, CODE)
                .putShortText(authority)
                .putBcd(validUntil, DATE);
        if (edition == Edition.V2019) {
            return writer.putPadded(identityCard, CODE);
        }
        if (!identityCard.isEmpty()) {
            throw new IllegalArgumentException("2013 has no identity card number: identityCard=" + identityCard);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        if (edition == Edition.V2011) {
            tree.put("name", name)
                    .put("identity_card", identityCard)
                    .put("qualification", qualification)
                    .put("authority", authority);
            return;
        }
        tree.code("state", state, null, "card_in", "card_out").time("card_time", cardMillis);
        if (readResult >= 0) {
            tree.put("read_result", readResult);
        }
        if (readResult == 0) {
            tree.put("name", name)
                    .put("qualification", qualification)
                    .put("authority", authority)
                    .put("valid_until", validUntil);
            if (edition == Edition.V2019) {
                tree.put("identity_card", identityCard);
            }
        }
    }
}
