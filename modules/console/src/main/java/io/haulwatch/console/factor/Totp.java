package io.haulwatch.console.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of a second factor, RFC 6238 with what every authenticator application reads: HMAC-SHA-1, six digits, steps of 30 s. A code counts once: whoever
 * looks over a shoulder cannot use it again.
 */
final class Totp {
    static final Duration STEP = Duration.ofSeconds(30);
    /** RFC 4226, R6: 160 bits. */
    private static final int SECRET_BYTES = 20;

    private static final int DIGITS = 6;
    /** Clocks of telephones differ; one step to either side. */
    private static final int STEPS_APART = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    static byte[] newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /**
     * The step whose code was said, if it lies near now and behind the last one that counted.
     *
     * @param lastStep that counted for this secret, or a negative number
     */
    static OptionalLong accepted(byte[] secret, String said, Instant now, long lastStep) {
        long present = now.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        // All steps are worked out, so that the time it takes tells nothing.
        for (long step = present - STEPS_APART; step <= present + STEPS_APART; step++) {
            if (isSame(code(secret, step, DIGITS), said) && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private static boolean isSame(String code, String said) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.US_ASCII), said.getBytes(StandardCharsets.UTF_8));
    }

    /** HOTP of a step, RFC 4226 §5.3. */
    static String code(byte[] secret, long step, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
            int modulus = 1;
            for (int i = 0; i < digits; i++) {
                modulus *= 10;
            }
            return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /** RFC 4648 without padding, as authenticator applications take it. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int buffer = 0;
        for (byte each : bytes) {
            buffer = (buffer << 8) | (each & 0xff);
            bits += 8;
            while (bits >= 5) {
                text.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
                bits -= 5;
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }
}
