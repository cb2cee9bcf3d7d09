package io.haulwatch.gateway.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The secret that all authentication codes are made from: 32 random bytes in {@code keys/terminal-codes.key}, mode 0600. It belongs
 * in every backup: without it all terminals have to register again.
 */
public final class ServerKey {
    /** Name of the file in the key folder. */
    public static final String FILE_NAME = "terminal-codes.key";

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private ServerKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key from bytes kept elsewhere.
     *
     * @param bytes exactly 32
     */
    public static ServerKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a server key has 32 bytes: length=" + bytes.length);
        }
        return new ServerKey(bytes.clone());
    }

    /**
     * Reads the key, or makes it at the first start. It is on the disk before this returns, so a code is never issued from a key that a
     * power cut could take away.
     *
     * @throws IOException with a sentence for people, if the file cannot be read or written or has another length
     */
    public static ServerKey openOrCreate(Path keyFolder, SecureRandom random) throws IOException {
        Path file = keyFolder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            create(keyFolder, file, random);
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != LENGTH) {
            throw new IOException(
                    "the server key must have 32 bytes; restore it from a backup, or delete it and let all"
                            + " terminals register again: file=" + file + " length=" + bytes.length);
        }
        return new ServerKey(bytes);
    }

    private static void create(Path folder, Path file, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        Path fresh = folder.resolve(FILE_NAME + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        try {
            // A link refuses to replace what another start made meanwhile; a rename would not.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(fresh);
            return;
        }
        Files.delete(fresh);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "ServerKey";
    }
}
