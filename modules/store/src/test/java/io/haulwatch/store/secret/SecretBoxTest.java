package io.haulwatch.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed secrets open with their own key under their own name and in no other way. */
class SecretBoxTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensAgainAfterARestart() throws Exception {
        byte[] sealed = SecretBox.openOrCreate(folder, RANDOM).seal(SECRET, "user:1");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("1234567890");
        assertThat(SecretBox.openOrCreate(folder, RANDOM).open(sealed, "user:1"))
                .contains(SECRET);
        assertThat(Files.getPosixFilePermissions(folder.resolve(SecretBox.FILE_NAME)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anotherNameAnotherKeyAndAnyChangedByteOpenNothing() throws Exception {
        SecretBox box = SecretBox.openOrCreate(folder, RANDOM);
        byte[] sealed = box.seal(SECRET, "user:1");
        assertThat(box.seal(SECRET, "user:1")).isNotEqualTo(sealed);
        assertThat(box.open(sealed, "user:2")).isEmpty();
        assertThat(SecretBox.of(new byte[SecretBox.KEY_BYTES], RANDOM).open(sealed, "user:1"))
                .isEmpty();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(box.open(changed, "user:1")).as("byte %d", i).isEmpty();
        }
        assertThat(box.open(new byte[0], "user:1")).isEmpty();
    }

    @Test
    void aKeyOfAnotherLengthIsRefusedAndNotReplaced() throws Exception {
        Path file = folder.resolve(SecretBox.FILE_NAME);
        Files.write(file, new byte[31]);
        assertThatThrownBy(() -> SecretBox.openOrCreate(folder, RANDOM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("length=31");
        assertThat(Files.size(file)).isEqualTo(31);
    }
}
