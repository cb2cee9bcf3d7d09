package io.haulwatch.store.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"-33", "-0.5", "33", "渝B12345", ""})
    void aNumberBelowZeroStaysANumber(String text) {
        assertThat(TableFiles.withoutFormula(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cmd|' /C calc'!A0", "-1+1", "-33\n", "--33", "-", "=1", "+33", "@SUM(A1)", "－33"})
    void whatASpreadsheetWouldRunGetsAnApostrophe(String text) {
        assertThat(TableFiles.withoutFormula(text)).isEqualTo("'" + text);
    }

    @Test
    void aTableKeepsWhatIsOverdueAsANumber() {
        String table = new String(TableFiles.csv(List.of(List.of("overdue", "-33"))), StandardCharsets.UTF_8);
        assertThat(table).isEqualTo("\ufeffoverdue,-33\r\n");
    }
}
