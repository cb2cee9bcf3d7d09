package io.haulwatch.training.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerHashTest {
    private static final List<byte[]> ROWS = List.of(
            LedgerHash.row(List.of("2026-09-08", "88412", "900")),
            LedgerHash.row(List.of("2026-09-09", "88412", "450")),
            LedgerHash.row(List.of("2026-09-10", "90001", "900")));

    private static List<byte[]> chain(List<byte[]> rows) {
        List<byte[]> hashes = new ArrayList<>();
        byte[] previous = LedgerHash.start();
        for (byte[] row : rows) {
            previous = LedgerHash.next(previous, row);
            hashes.add(previous);
        }
        return hashes;
    }

    /** By {@code (head -c 32 /dev/zero; printf abc) | sha256sum}, and the same with that hash and {@code def}. */
    @Test
    void aHashIsSha256OfTheOneBeforeAndTheRow() {
        byte[] first = LedgerHash.next(LedgerHash.start(), "abc".getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370");
        assertThat(HexFormat.of().formatHex(LedgerHash.next(first, "def".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("532f0131db1635cb105c9753e41e7908599aa4dd144658c92e50b60113ad993a");
    }

    @Test
    void aLedgerAsItWasWrittenIsWhole() {
        assertThat(LedgerHash.firstBroken(ROWS, chain(ROWS))).isEmpty();
        assertThat(LedgerHash.firstBroken(List.of(), List.of())).isEmpty();
    }

    @Test
    void aRowThatWasChangedRemovedOrInsertedIsFound() {
        List<byte[]> hashes = chain(ROWS);
        List<byte[]> changed = new ArrayList<>(ROWS);
        changed.set(1, LedgerHash.row(List.of("2026-09-09", "88412", "4500")));
        assertThat(LedgerHash.firstBroken(changed, hashes)).hasValue(1);
        assertThat(LedgerHash.firstBroken(List.of(ROWS.get(0), ROWS.get(2)), List.of(hashes.get(0), hashes.get(2))))
                .hasValue(1);
        List<byte[]> inserted = new ArrayList<>(ROWS);
        inserted.add(2, ROWS.get(0));
        assertThat(LedgerHash.firstBroken(inserted, hashes)).hasValue(2);
        assertThat(LedgerHash.firstBroken(ROWS.subList(0, 2), hashes)).hasValue(2);
    }

    @Test
    void rowsThatDifferHaveDifferentBytes() {
        assertThat(LedgerHash.row(List.of("ab", "c"))).isNotEqualTo(LedgerHash.row(List.of("a", "bc")));
        assertThat(LedgerHash.row(List.of("a\n1:b"))).isNotEqualTo(LedgerHash.row(List.of("a", "b")));
        assertThat(LedgerHash.row(List.of("学时"))).isEqualTo("6:学时\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> LedgerHash.next(new byte[3], new byte[0])).hasMessageContaining("length=3");
    }
}
