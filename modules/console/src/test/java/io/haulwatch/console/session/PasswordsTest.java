package io.haulwatch.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void knowsTheRightPasswordAndNoOther() throws Exception {
        String encoded = passwords.hash("十里长亭送别-7611");
        assertThat(encoded).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.verify(encoded, "十里长亭送别-7611", "10.0.0.1")).isTrue();
        assertThat(passwords.verify(encoded, "十里长亭送别-7612", "10.0.0.1")).isFalse();
        assertThat(passwords.verify(null, "十里长亭送别-7611", "10.0.0.1")).isFalse();
    }

    @Test
    void readsAHashThatAnotherProgramMade() throws Exception {
        // argon2 reference program: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.verify(reference, "password", "10.0.0.1")).isTrue();
        assertThat(passwords.verify(reference, "Password", "10.0.0.1")).isFalse();
    }

    @Test
    void aFloodFromOneAddressIsRefusedAndOthersStillSignIn() throws Exception {
        String encoded = passwords.hash("十里长亭送别-7611");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> flood = new ArrayList<>();
            Callable<String> guess = () -> {
                try {
                    return Boolean.toString(passwords.verify(encoded, "guess", "10.0.0.66"));
                } catch (Passwords.Busy e) {
                    return "busy";
                }
            };
            for (int i = 0; i < 100; i++) {
                flood.add(threads.submit(guess));
            }
            assertThat(passwords.verify(encoded, "十里长亭送别-7611", "10.0.0.1")).isTrue();
            List<String> answers = new ArrayList<>();
            for (Future<String> one : flood) {
                answers.add(one.get());
            }
            assertThat(answers).contains("busy").doesNotContain("true");
        }
    }

    @Test
    void refusesPasswordsThatAnybodyGuesses() {
        assertThat(PasswordRules.broken("admin", "short")).isPresent();
        assertThat(PasswordRules.broken("admin", "admin123456")).isPresent();
        assertThat(PasswordRules.broken("zhoulan", "my-ZhouLan-pass")).isPresent();
        assertThat(PasswordRules.broken("zhoulan", "aaaaaaaaaaaaaaa")).isPresent();
        assertThat(PasswordRules.broken("zhoulan", "1234567890")).isPresent();
        assertThat(PasswordRules.broken("zhoulan", "x".repeat(200))).isPresent();
        assertThat(PasswordRules.broken("zhoulan", "山高水长-0818-xy")).isEmpty();
    }
}
