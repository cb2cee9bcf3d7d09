package io.haulwatch.console.personal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import org.jspecify.annotations.Nullable;

/**
 * What of drivers somebody sees in full. It goes along with whatever writes an answer; an answer that is written without one masks everything,
 * so that a forgotten sight shows too little and not too much.
 *
 * @param drivers names, and numbers of their papers and cards
 * @param phones telephone numbers
 */
public record Sight(boolean drivers, boolean phones) {
    /** Nothing in full. */
    public static final Sight MASKED = new Sight(false, false);

    /** The sight of a role; null for whoever is not signed in. */
    public static Sight of(@Nullable Role role) {
        return role == null ? MASKED : new Sight(Right.SEE_DRIVERS.heldBy(role), Right.SEE_DRIVER_PHONES.heldBy(role));
    }

    /** Writes what this one may see. */
    public ObjectWriter writer(ObjectMapper json) {
        return json.writer().withAttribute(Sight.class, this);
    }

    /** A name of which the family name can be read: 陈**, J**. */
    public static String maskedName(String name) {
        return name.isEmpty() ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    /** A number of which the last two characters can be read; a short one cannot be read at all. */
    public static String maskedNumber(String number) {
        return number.length() < 8 ? "****" : "****" + number.substring(number.length() - 2);
    }

    /** An identity card's number, of which nobody reads more than the end. */
    public static @Nullable String maskedIdentity(@Nullable String number) {
        return number == null ? null : maskedNumber(number);
    }

    /** A telephone number of which the middle cannot be read. */
    public static @Nullable String maskedPhone(@Nullable String phone) {
        if (phone == null) {
            return null;
        }
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }
}
