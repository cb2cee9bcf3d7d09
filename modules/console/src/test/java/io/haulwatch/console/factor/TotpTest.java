package io.haulwatch.console.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 6238, appendix B, and of RFC 4648, chapter 10. */
class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void saysTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, second / 30, 8)).isEqualTo(code);
    }

    @Test
    void aCodeCountsOnceAndOneStepToEitherSide() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = 1_111_111_111 / 30;
        assertThat(Totp.accepted(SECRET, "050471", now, -1)).hasValue(step);
        assertThat(Totp.accepted(SECRET, "050471", now, step)).isEmpty();
        assertThat(Totp.accepted(SECRET, "081804", now, -1)).hasValue(step - 1);
        assertThat(Totp.accepted(SECRET, "050471", now.plusSeconds(30), -1)).hasValue(step);
        assertThat(Totp.accepted(SECRET, "050471", now.plusSeconds(60), -1)).isEmpty();
        assertThat(Totp.accepted(SECRET, "", now, -1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesASecretAsAuthenticatorsReadIt(String bytes, String text) {
        assertThat(Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
    }
}
