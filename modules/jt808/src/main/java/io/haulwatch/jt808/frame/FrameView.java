package io.haulwatch.jt808.frame;

import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Header and body of one un-escaped frame, read in place: no copy, no allocation, one thread. The layout follows bit 14 of the
 * body attributes alone: 0 is the 12-byte header of 2011 and 2013, 1 the 17-byte header of 2019; bit 13 adds 4 bytes.
 *
 * <p>The body length is the real one, between header and checksum. Captured terminals announce a length that is wrong by up to
 * some 15 bytes, or that does not fit its 10 bits; the checksum has said by then that the bytes are what was sent.
 */
public final class FrameView {
    private static final int SHORTEST = 12;
    private static final int HEADER = 12;
    private static final int HEADER_2019 = 17;
    private static final int PACKAGE_FIELDS = 4;

    private static final int BODY_LENGTH_MASK = 0x3FF;
    private static final int LENGTH_AND_ENCRYPTION = 0x1FFF;
    private static final int BIT_PACKAGED = 1 << 13;
    private static final int BIT_2019 = 1 << 14;

    private byte[] bytes = new byte[HEADER];
    private int start;
    private int attributes;
    private int bodyOffset;
    private int bodyLength;
    private int phoneOffset = 4;
    private @Nullable String phone;

    /**
     * Looks at an un-escaped frame without flags and without checksum.
     *
     * @return {@link FrameStatus#COMPLETE}, {@link FrameStatus#TOO_SHORT} or {@link FrameStatus#BAD_HEADER}; unless complete, the
     *     view must not be read
     */
    public FrameStatus wrap(byte[] bytes, int offset, int length) {
        if (length < SHORTEST) {
            return FrameStatus.TOO_SHORT;
        }
        int attributes = BigEndian.u16(bytes, offset + 2);
        int header = (attributes & BIT_2019) != 0 ? HEADER_2019 : HEADER;
        if ((attributes & BIT_PACKAGED) != 0) {
            header += PACKAGE_FIELDS;
        }
        if (length < header) {
            return FrameStatus.BAD_HEADER;
        }
        this.bytes = bytes;
        this.start = offset;
        this.attributes = attributes;
        this.phoneOffset = offset + ((attributes & BIT_2019) != 0 ? 5 : 4);
        this.bodyOffset = offset + header;
        this.bodyLength = length - header;
        this.phone = null;
        return FrameStatus.COMPLETE;
    }

    /** Message id (消息 ID), 0..65535; the constants are in {@code MessageId}. */
    public int messageId() {
        return BigEndian.u16(bytes, start);
    }

    /** Bit 14 of the attributes: header of 2019. */
    public boolean is2019() {
        return (attributes & BIT_2019) != 0;
    }

    /** Protocol version (协议版本号) of a 2019 header, first value 1, some terminals send 0; 0 in older headers. */
    public int protocolVersion() {
        return is2019() ? bytes[start + 4] & 0xFF : 0;
    }

    /**
     * Bits 10 to 12 of the attributes: 0 plain, 1 RSA, the rest reserved. Vendors with bodies above 1,023 bytes write the length over these bits
     * too; when bits 0 to 12 are exactly the real length, nothing is encrypted.
     */
    public int encryption() {
        if (bodyLength > BODY_LENGTH_MASK && (attributes & LENGTH_AND_ENCRYPTION) == bodyLength) {
            return 0;
        }
        return attributes >>> 10 & 7;
    }

    /** The key of the terminal: hex digits without leading zeros, "0" if all are zero. Made on first use; allocates. */
    public String phone() {
        String known = phone;
        if (known == null) {
            known = Bcd.key(bytes, phoneOffset, phoneLength());
            phone = known;
        }
        return known;
    }

    /** Where the raw phone bytes start in {@link #bytes}. */
    public int phoneOffset() {
        return phoneOffset;
    }

    /** 6, or 10 in a 2019 header. */
    public int phoneLength() {
        return is2019() ? TerminalAddress.PHONE_BYTES_2019 : TerminalAddress.PHONE_BYTES;
    }

    /**
     * Whether the frame names this terminal. Leading zeros do not count, so the 6-byte and the 10-byte form of a number are the same
     * terminal. Does not allocate.
     */
    public boolean isFrom(TerminalAddress address) {
        byte[] other = address.rawPhone();
        int mine = phoneOffset + phoneLength();
        int theirs = other.length;
        while (mine > phoneOffset && theirs > 0) {
            mine--;
            theirs--;
            if (bytes[mine] != other[theirs]) {
                return false;
            }
        }
        while (mine > phoneOffset) {
            mine--;
            if (bytes[mine] != 0) {
                return false;
            }
        }
        while (theirs > 0) {
            theirs--;
            if (other[theirs] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Message serial (消息流水号), 0..65535. Some terminals leave it at 0: it answers, it never orders. */
    public int serial() {
        return BigEndian.u16(bytes, phoneOffset + phoneLength());
    }

    /** Bit 13 of the attributes: the body is one package (分包) of a longer one. */
    public boolean subpackaged() {
        return (attributes & BIT_PACKAGED) != 0;
    }

    /** Total packages (消息总包数) as sent; 1 if not sub-packaged. */
    public int packageTotal() {
        return subpackaged() ? BigEndian.u16(bytes, bodyOffset - 4) : 1;
    }

    /** Package number (包序号) as sent, from 1; 1 if not sub-packaged. */
    public int packageNumber() {
        return subpackaged() ? BigEndian.u16(bytes, bodyOffset - 2) : 1;
    }

    /** Body length that the header announces, 0..1023. */
    public int declaredBodyLength() {
        return attributes & BODY_LENGTH_MASK;
    }

    /** The header announces another length than the body has; the real one is used. */
    public boolean lengthMismatch() {
        return declaredBodyLength() != bodyLength;
    }

    /** The array under the view; belongs to whoever made the view. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the body starts in {@link #bytes}. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Bytes between header and checksum. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Copies the body. */
    public byte[] copyBody() {
        return Arrays.copyOfRange(bytes, bodyOffset, bodyOffset + bodyLength);
    }
}
