package io.haulwatch.store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database with AES-256-GCM (NIST SP 800-38D) and a key of the data folder, so that a copy of the database alone
 * tells none of them. A sealed secret opens only under the name that it was sealed under: moved to another row it is worthless.
 */
public final class SecretBox {
    /** Name of the key's file in the key folder. */
    public static final String FILE_NAME = "console-secrets.key";

    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private SecretBox(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** @param key exactly 32 bytes */
    public static SecretBox of(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes: length=" + key.length);
        }
        return new SecretBox(key, random);
    }

    /**
     * Reads the key, or makes it at the first start. It belongs in every backup: without it all second factors have to be set up again.
     *
     * @throws IOException with a sentence for people, if the file cannot be read or made or has another length
     */
    public static SecretBox openOrCreate(Path keyFolder, SecureRandom random) throws IOException {
        Path file = keyFolder.resolve(FILE_NAME);
        byte[] key = PrivateFile.readOrMake(file, () -> {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            return fresh;
        });
        if (key.length != KEY_BYTES) {
            throw new IOException("the key of the console's secrets must have 32 bytes; restore it from a backup: file="
                    + file + " length=" + key.length);
        }
        return new SecretBox(key, random);
    }

    /** @param name whose secret it is; the same is needed to open it */
    public byte[] seal(byte[] secret, String name) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** The secret; empty if it was sealed with another key or under another name, or changed since. */
    public Optional<byte[]> open(byte[] sealed, String name) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, name)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "SecretBox";
    }
}
