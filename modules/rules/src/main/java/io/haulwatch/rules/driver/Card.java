package io.haulwatch.rules.driver;

import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.CardRecord.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A card in or out, with what is known of the truck at that time.
 *
 * @param millis device time, ms since 1970 UTC
 * @param moving the truck was moving then
 * @param speedDeciKmh how fast, 0.1 km/h; {@link #UNKNOWN_SPEED} if nobody knows
 */
public record Card(
        long millis,
        Event event,
        String name,
        String qualification,
        String identityCard,
        boolean moving,
        int speedDeciKmh) {
    /** Value of {@link #speedDeciKmh} while there was no fix near enough. */
    public static final int UNKNOWN_SPEED = -1;

    static Card of(CardRecord record, boolean moving, int speedDeciKmh) {
        return new Card(
                record.millis(),
                record.event(),
                record.name(),
                record.qualification(),
                record.identityCard(),
                moving,
                speedDeciKmh);
    }

    /** Whether both say the same of the same card. */
    boolean saysTheSameAs(Card other) {
        return event == other.event
                && name.equals(other.name)
                && qualification.equals(other.qualification)
                && identityCard.equals(other.identityCard);
    }

    Card standing() {
        return new Card(millis, event, name, qualification, identityCard, false, speedDeciKmh);
    }

    /** The end of the number by which people tell cards apart; the whole number is personal. */
    public String numberEnd() {
        String number = qualification.isEmpty() ? identityCard : qualification;
        return number.length() <= SHOWN ? number : number.substring(number.length() - SHOWN);
    }

    private static final int SHOWN = 4;

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(millis);
        out.writeByte(event.code());
        out.writeUTF(name);
        out.writeUTF(qualification);
        out.writeUTF(identityCard);
        out.writeBoolean(moving);
        out.writeInt(speedDeciKmh);
    }

    static Card readFrom(DataInput in) throws IOException {
        return new Card(
                in.readLong(),
                Event.of(in.readByte()),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                in.readInt());
    }
}
