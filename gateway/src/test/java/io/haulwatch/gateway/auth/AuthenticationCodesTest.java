package io.haulwatch.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationCodesTest {
    private static final byte[] KEY = new byte[32];

    static {
        for (int i = 0; i < KEY.length; i++) {
            KEY[i] = (byte) i;
        }
    }

    private final AuthenticationCodes codes = new AuthenticationCodes(ServerKey.of(KEY));

    @TempDir
    Path folder;

    @Test
    void makesTheCodeThatOpenSslMakes() {
        // printf '13912345678\0001' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f -binary | head -c 16 |
        // basenc --base64url
        assertThat(new String(codes.code("13912345678", 1), StandardCharsets.US_ASCII))
                .isEqualTo("Mgdc_J890MOMOePPawgvZw");
        assertThat(new String(codes.code("13912345678", 12), StandardCharsets.US_ASCII))
                .isEqualTo("s4BxAiVumhlWLplxVW8wcQ");
    }

    @Test
    void tellsRightStaleAndWrongApart() {
        byte[] third = codes.code("13912345678", 3);
        assertThat(codes.check("13912345678", 3, third)).isEqualTo(AuthenticationCodes.Verdict.RIGHT);
        assertThat(codes.check("13912345678", 4, third)).isEqualTo(AuthenticationCodes.Verdict.STALE);
        assertThat(codes.check("13912345678", 2, third)).isEqualTo(AuthenticationCodes.Verdict.WRONG);
        assertThat(codes.check("13912345679", 3, third)).isEqualTo(AuthenticationCodes.Verdict.WRONG);
        assertThat(codes.check("13912345678", 3, new byte[0])).isEqualTo(AuthenticationCodes.Verdict.WRONG);
    }

    @Test
    void bearsThePaddingOfFixedFields() {
        byte[] padded = new byte[32];
        byte[] code = codes.code("13912345678", 1);
        System.arraycopy(code, 0, padded, 0, code.length);
        assertThat(codes.check("13912345678", 1, padded)).isEqualTo(AuthenticationCodes.Verdict.RIGHT);
    }

    @Test
    void keepsTheDigitsOfPhoneAndGenerationApart() {
        Set<String> all = new HashSet<>();
        for (String phone : new String[] {"1", "11", "111"}) {
            for (int generation : new int[] {1, 11, 111}) {
                all.add(new String(codes.code(phone, generation), StandardCharsets.US_ASCII));
            }
        }
        assertThat(all).hasSize(9);
    }

    @Test
    void makesTheKeyOnceAndRefusesOneOfAnotherLength() throws Exception {
        ServerKey made = ServerKey.openOrCreate(folder, new SecureRandom());
        ServerKey again = ServerKey.openOrCreate(folder, new SecureRandom());
        assertThat(again.bytes()).isEqualTo(made.bytes()).hasSize(32);
        assertThat(made).hasToString("ServerKey");
        Files.write(folder.resolve(ServerKey.FILE_NAME), new byte[31]);
        assertThatThrownBy(() -> ServerKey.openOrCreate(folder, new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("length=31");
    }

    @Test
    void countsFailuresByKeyInWindowsAndForgetsTheOldestKeyFirst() {
        FailureLimit<String> limit = new FailureLimit<>(2, Duration.ofMinutes(1), 3);
        assertThat(limit.failed("a", 0)).isFalse();
        assertThat(limit.failed("a", 1)).isFalse();
        assertThat(limit.failed("a", 2)).isTrue();
        assertThat(limit.over("a", 59_999)).isTrue();
        assertThat(limit.over("a", 60_000)).isFalse();
        assertThat(limit.over("b", 3)).isFalse();
        limit.failed("b", 3);
        limit.failed("c", 4);
        limit.failed("d", 5);
        assertThat(limit.size()).isEqualTo(3);
        assertThat(limit.over("a", 6)).isFalse();
    }

    @Test
    void knowsWhoseCodeAForeignCodeIs() {
        IssuedCodes issued = new IssuedCodes(2);
        byte[] mine = codes.code("1", 1);
        issued.issued(mine, "1");
        assertThat(issued.belongsToAnother(mine, "2")).isTrue();
        assertThat(issued.belongsToAnother(mine, "1")).isFalse();
        issued.issued(codes.code("2", 1), "2");
        issued.issued(codes.code("3", 1), "3");
        assertThat(issued.belongsToAnother(mine, "2")).isFalse();
    }
}
