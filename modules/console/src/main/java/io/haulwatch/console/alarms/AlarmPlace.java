package io.haulwatch.console.alarms;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a truck was, WGS84, as the raw body of a 0x0200 says it (JT/T 808-2013 §8.18). */
public record AlarmPlace(double lat, double lon) {
    private static final int STATUS_AT = 4;
    private static final int LAT_AT = 8;
    private static final int LON_AT = 12;
    private static final int SHORTEST = 16;
    private static final int FIXED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;

    /** The place of a body; a record without a fix has one too, which may be old. */
    static AlarmPlace of(ByteBuffer body) {
        int status = body.getInt(STATUS_AT);
        return new AlarmPlace(
                body.getInt(LAT_AT) / 1e6 * ((status & SOUTH) != 0 ? -1 : 1),
                body.getInt(LON_AT) / 1e6 * ((status & WEST) != 0 ? -1 : 1));
    }

    /** The place of a body that has a fix; null without one, or if it is no body. */
    public static @Nullable AlarmPlace of(@Nullable String bodyHex) {
        byte[] body = bodyHex == null ? null : bytes(bodyHex);
        if (body == null || body.length < SHORTEST || (ByteBuffer.wrap(body).getInt(STATUS_AT) & FIXED) == 0) {
            return null;
        }
        AlarmPlace place = of(ByteBuffer.wrap(body));
        return Math.abs(place.lat) > 90 || Math.abs(place.lon) > 180 || (place.lat == 0 && place.lon == 0)
                ? null
                : place;
    }

    static byte @Nullable [] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
