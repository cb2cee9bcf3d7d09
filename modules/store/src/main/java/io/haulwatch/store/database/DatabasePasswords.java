package io.haulwatch.store.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Passwords of the sign-ins that the product uses. For the embedded server they are generated once and kept beside the other
 * keys, readable by the owner alone; for an external one they come from the configuration.
 *
 * @param admin signs in for bootstrap and migrations
 * @param writer stores what terminals and rules say
 * @param app the console; row security binds it
 * @param replay reads positions for recomputation
 */
public record DatabasePasswords(String admin, String writer, String app, String replay) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the kept passwords, or makes them at the first start. */
    public static DatabasePasswords kept(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return JSON.readValue(file.toFile(), DatabasePasswords.class);
        }
        DatabasePasswords made =
                new DatabasePasswords(generate(random), generate(random), generate(random), generate(random));
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: path=" + file);
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(
                folder,
                "database",
                ".unfinished",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), made);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never shows a password. */
    @Override
    public String toString() {
        return "DatabasePasswords[hidden]";
    }
}
