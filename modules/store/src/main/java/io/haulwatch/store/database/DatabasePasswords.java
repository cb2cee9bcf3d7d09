package io.haulwatch.store.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.store.secret.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
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
        byte[] kept = PrivateFile.readOrMake(
                file,
                () -> text(
                        new DatabasePasswords(generate(random), generate(random), generate(random), generate(random))));
        return JSON.readValue(kept, DatabasePasswords.class);
    }

    private static byte[] text(DatabasePasswords made) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(made);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("four words are JSON", e);
        }
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
