package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;

/**
 * Authentication (终端鉴权, 0x0102).
 *
 * @param edition layout the body was in: 2013 (the whole body is the code) or 2019
 * @param code authentication code (鉴权码), padding trimmed
 * @param imei 15 digits, 2019 only, else empty
 * @param softwareVersion at most 20 bytes, 2019 only, else empty
 */
public record Authentication(Edition edition, String code, String imei, String softwareVersion) implements MessageBody {
    private static final int IMEI = 15;
    private static final int VERSION = 20;
    private static final int FIRST_PRINTABLE = 0x20;

    /**
     * Reads a body. The header's edition decides first; a body that cannot have that form and has the other is read as the other:
     * 2019 headers around a bare code and old headers around the three fields both occur.
     */
    public static Authentication read(boolean header2019, byte[] bytes, int offset, int length) {
        int codeLength = length > 0 ? bytes[offset] & 0xFF : 0;
        boolean exactly2019 = length == 1 + codeLength + IMEI + VERSION;
        boolean is2019 = header2019
                ? length > codeLength && (exactly2019 || codeLength < FIRST_PRINTABLE)
                : exactly2019 && codeLength < FIRST_PRINTABLE;
        if (!is2019) {
            return new Authentication(Edition.V2013, Gbk.text(bytes, offset, length), "", "");
        }
        int imei = offset + 1 + codeLength;
        int left = offset + length - imei;
        int imeiLength = Math.min(IMEI, left);
        int versionLength = Math.min(VERSION, left - imeiLength);
        return new Authentication(
                Edition.V2019,
                Gbk.text(bytes, offset + 1, codeLength),
                Gbk.text(bytes, imei, imeiLength),
                Gbk.text(bytes, imei + imeiLength, versionLength));
    }

    /** Reads a body, which is all taken; the edition is that of the header. */
    public static Authentication read(Edition edition, BodyReader in) {
        int start = in.position();
        int length = in.left();
        in.skip(length);
        return read(edition == Edition.V2019, in.array(), start, length);
    }

    @Override
    public FrameWriter put(Edition to, FrameWriter writer) {
        return new Authentication(to, code, imei, softwareVersion).put(writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("code", code);
        if (edition == Edition.V2019) {
            tree.put("imei", imei).put("software_version", softwareVersion);
        }
    }

    /** Writes the body in this edition. */
    public FrameWriter put(FrameWriter writer) {
        if (edition != Edition.V2019) {
            return writer.putText(code);
        }
        return writer.putShortText(code).putPadded(imei, IMEI).putPadded(softwareVersion, VERSION);
    }
}
