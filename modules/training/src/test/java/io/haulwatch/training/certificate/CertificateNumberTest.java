package io.haulwatch.training.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNumberTest {
    /** The Global Release Identifier of the music industry uses the same system; this is the example of its handbook. */
    @Test
    void theCheckCharacterIsThatOfIso7064() {
        assertThat(CheckCharacter.of("A12425GABC1234002")).isEqualTo('M');
    }

    @Test
    void aDrawnNumberIsValidAndReadBackHoweverItIsTyped() {
        Random random = new Random(11);
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            CertificateNumber number = CertificateNumber.draw(2026, random);
            assertThat(number.text()).matches("HW-2026-[0-9A-HJKMNP-TV-Z]{6}-[0-9A-Z]");
            assertThat(number.year()).isEqualTo(2026);
            assertThat(CertificateNumber.parse(" " + number.text().toLowerCase(java.util.Locale.ROOT) + "\n"))
                    .contains(number);
            assertThat(CertificateNumber.parse(number.text().replace('-', '－'))).contains(number);
            assertThat(CertificateNumber.parse(number.text().replace("-", " – ")))
                    .contains(number);
            drawn.add(number.text());
        }
        assertThat(drawn).hasSizeGreaterThan(1_990);
    }

    @Test
    void everySingleWrongCharacterIsFound() {
        Random random = new Random(12);
        for (int i = 0; i < 50; i++) {
            String text = CertificateNumber.draw(2026, random).text();
            for (int place = 0; place < text.length(); place++) {
                for (char other : (CheckCharacter.ALPHABET + "-").toCharArray()) {
                    if (other != text.charAt(place)) {
                        String wrong = text.substring(0, place) + other + text.substring(place + 1);
                        assertThat(CertificateNumber.parse(wrong)).as(wrong).isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HW", "HW-2026-7K3M9T", "HW-2026-7K3M9T-", "XX-2026-7K3M9T-4", "HW-2026-7K3M9TT-4"})
    void whatIsNoNumberIsNone(String typed) {
        assertThat(CertificateNumber.parse(typed)).isEmpty();
        assertThat(CertificateNumber.parse("9".repeat(10_000))).isEmpty();
        assertThatThrownBy(() -> new CertificateNumber(typed)).hasMessageContaining("looks like");
    }

    @Test
    void aWrongCheckCharacterIsSaid() {
        String right = CertificateNumber.draw(2026, new Random(1)).text();
        char check = right.charAt(right.length() - 1);
        assertThatThrownBy(() ->
                        new CertificateNumber(right.substring(0, right.length() - 1) + (check == '1' ? '2' : '1')))
                .hasMessageContaining("check character");
        assertThatThrownBy(() -> CertificateNumber.draw(26, new Random(1))).hasMessageContaining("year=26");
    }
}
