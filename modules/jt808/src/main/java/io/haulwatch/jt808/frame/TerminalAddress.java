package io.haulwatch.jt808.frame;

import io.haulwatch.jt808.field.Bcd;
import java.util.Arrays;

/**
 * How a terminal writes itself into a header: the raw phone number (终端手机号) with its padding, and for 2019 the protocol version.
 * Answers mirror all of it, because terminals compare the bytes and not the number.
 */
public final class TerminalAddress {
    static final int PHONE_BYTES = 6;
    static final int PHONE_BYTES_2019 = 10;

    private final boolean is2019;
    private final byte version;
    private final byte[] rawPhone;
    private final String phone;

    private TerminalAddress(boolean is2019, byte version, byte[] rawPhone) {
        this.is2019 = is2019;
        this.version = version;
        this.rawPhone = rawPhone;
        this.phone = Bcd.key(rawPhone, 0, rawPhone.length);
    }

    /** The sender of a frame. */
    public static TerminalAddress of(FrameView frame) {
        byte[] raw = Arrays.copyOfRange(frame.bytes(), frame.phoneOffset(), frame.phoneOffset() + frame.phoneLength());
        return new TerminalAddress(frame.is2019(), (byte) frame.protocolVersion(), raw);
    }

    /**
     * An address from a phone number as people write it.
     *
     * @param phone hex digits, at most 12 (2011, 2013) or 20 (2019)
     * @param is2019 17-byte header with version 1
     */
    public static TerminalAddress of(String phone, boolean is2019) {
        int bytes = is2019 ? PHONE_BYTES_2019 : PHONE_BYTES;
        if (phone.isEmpty() || phone.length() > 2 * bytes) {
            throw new IllegalArgumentException("a phone has 1 to " + 2 * bytes + " digits: phone=" + phone);
        }
        byte[] raw = new byte[bytes];
        int nibble = 2 * bytes - phone.length();
        for (int i = 0; i < phone.length(); i++, nibble++) {
            int digit = Character.digit(phone.charAt(i), 16);
            if (digit < 0) {
                throw new IllegalArgumentException("a phone has hex digits only: phone=" + phone);
            }
            raw[nibble / 2] |= (byte) (nibble % 2 == 0 ? digit << 4 : digit);
        }
        return new TerminalAddress(is2019, (byte) (is2019 ? 1 : 0), raw);
    }

    /** Whether the header has the 2019 form. */
    public boolean is2019() {
        return is2019;
    }

    /** Protocol version byte of a 2019 header, 0 in older ones. */
    public int protocolVersion() {
        return version & 0xFF;
    }

    /** The key of the terminal: hex digits without leading zeros, "0" if all are zero. */
    public String phone() {
        return phone;
    }

    /** 6 or 10. */
    public int rawPhoneLength() {
        return rawPhone.length;
    }

    byte[] rawPhone() {
        return rawPhone;
    }

    /** Copies the raw phone bytes. */
    public byte[] copyRawPhone() {
        return rawPhone.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TerminalAddress that
                && is2019 == that.is2019
                && version == that.version
                && Arrays.equals(rawPhone, that.rawPhone);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rawPhone);
    }

    @Override
    public String toString() {
        return phone + (is2019 ? " (2019)" : "");
    }
}
