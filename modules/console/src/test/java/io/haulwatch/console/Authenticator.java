package io.haulwatch.console;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A telephone with an authenticator application, written from RFC 6238 and RFC 4648 alone. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Authenticator(byte[] secret) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 20;

    /** @param base32 of 20 bytes, as somebody types it */
    static Authenticator of(String base32) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < base32.length(); i++) {
            number = number.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(base32.charAt(i))));
        }
        byte[] bytes = new byte[SECRET_BYTES];
        byte[] all = number.toByteArray();
        for (int i = 1; i <= Math.min(all.length, SECRET_BYTES); i++) {
            bytes[SECRET_BYTES - i] = all[all.length - i];
        }
        return new Authenticator(bytes);
    }

    String code(long epochMillis) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        ByteBuffer hash = ByteBuffer.wrap(
                mac.doFinal(ByteBuffer.allocate(8).putLong(epochMillis / 30_000).array()));
        int number = hash.getInt(hash.get(19) & 15) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }
}
