package io.haulwatch.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks authentication codes (鉴权码): base64url of the first 128 bits of HMAC-SHA-256(server key, phone without leading
 * zeros ‖ 0x00 ‖ generation as decimal). Nothing is stored a terminal: the code of a repeated registration is the same by
 * construction, and raising the generation makes the old one worthless. One thread.
 */
public final class AuthenticationCodes {
    /** Characters of a code. */
    public static final int LENGTH = 22;

    private static final int CODE_BYTES = 16;
    private static final int STALE_LOOK_BACK = 8;

    private final Mac mac;

    /** What a code that came in turned out to be. */
    public enum Verdict {
        /** The code of this terminal in its present generation. */
        RIGHT,
        /** It was right before the generation was raised. */
        STALE,
        /** Neither. */
        WRONG
    }

    public AuthenticationCodes(ServerKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    /**
     * The code of a terminal.
     *
     * @param phone as in the register, without leading zeros
     * @param generation from 1
     * @return {@link #LENGTH} ASCII characters
     */
    public byte[] code(String phone, int generation) {
        mac.update(phone.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update(Integer.toString(generation).getBytes(StandardCharsets.US_ASCII));
        byte[] digest = mac.doFinal();
        return Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOf(digest, CODE_BYTES));
    }

    /**
     * Judges a code; each comparison takes the same time wherever the difference is. Padding behind the code (0x00, blanks) does not
     * count: terminals keep it in fields of fixed width.
     */
    public Verdict check(String phone, int generation, byte[] said) {
        byte[] trimmed = trimmed(said);
        if (MessageDigest.isEqual(code(phone, generation), trimmed)) {
            return Verdict.RIGHT;
        }
        boolean stale = false;
        for (int old = generation - 1; old >= 1 && old >= generation - STALE_LOOK_BACK; old--) {
            stale |= MessageDigest.isEqual(code(phone, old), trimmed);
        }
        return stale ? Verdict.STALE : Verdict.WRONG;
    }

    /** A code without the padding behind it. */
    static byte[] trimmed(byte[] said) {
        int end = said.length;
        while (end > 0 && (said[end - 1] == 0 || said[end - 1] == ' ')) {
            end--;
        }
        return end == said.length ? said : Arrays.copyOf(said, end);
    }
}
