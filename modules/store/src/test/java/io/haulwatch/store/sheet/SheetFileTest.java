package io.haulwatch.store.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.register.TableBook;
import io.haulwatch.store.sheet.SheetException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Files that somebody was sent: none costs more than it may, and each is refused in words. */
class SheetFileTest {
    private static final String ROW = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>企业名称</t></is></c></row>";

    private static void refused(byte[] content, Reason reason, String words) {
        assertThatThrownBy(() -> SheetFile.read(content))
                .isInstanceOfSatisfying(
                        SheetException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words);
    }

    /** The parts of a workbook with one sheet. */
    private static Map<String, byte[]> parts(String sheet) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                utf8("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                        + "</Types>"));
        parts.put(
                "xl/workbook.xml",
                utf8("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
                        + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                        + "<sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
        parts.put(
                "xl/_rels/workbook.xml.rels",
                utf8("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
                        + " Target=\"worksheets/sheet1.xml\"/></Relationships>"));
        parts.put("xl/worksheets/sheet1.xml", utf8(sheet));
        return parts;
    }

    private static String sheet(String rows) {
        return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows
                + "</sheetData></worksheet>";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        return out.toByteArray();
    }

    @Test
    void readsAWorkbookMadeByHand() throws Exception {
        assertThat(SheetFile.read(zip(parts(sheet(ROW))))
                        .getFirst()
                        .lines()
                        .getFirst()
                        .cell(0)
                        .text())
                .isEqualTo("企业名称");
    }

    @Test
    void aBombIsRefusedBeforeItIsOpened() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            byte[] block = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                zip.write(block);
            }
        }
        assertThat(out.size()).isLessThan(1024 * 1024);
        refused(out.toByteArray(), Reason.UNPACKS_TOO_LARGE, "unpacks to more than 96 MB");
    }

    @Test
    void aWorkbookWithThousandsOfPartsIsRefused() throws Exception {
        Map<String, byte[]> parts = parts(sheet(ROW));
        for (int i = 0; i < 2_000; i++) {
            parts.put("x" + i, new byte[0]);
        }
        refused(zip(parts), Reason.UNPACKS_TOO_LARGE, "is not opened");
    }

    @Test
    void anEntityThatMultipliesItselfIsNotFollowed() throws Exception {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"企业企业企业企业\">");
        for (int i = 1; i < 12; i++) {
            doctype.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        String rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a11;</t></is></c></row>";
        refused(zip(parts(doctype + "]>" + sheet(rows))), Reason.DAMAGED, "damaged");
    }

    @Test
    void aCellThatClaimsToLieMillionsOfColumnsAwayIsRefused() throws Exception {
        for (String place : List.of("ZZZZZZ1", "zzzzzz1", "&#90;&#90;&#90;&#90;&#90;&#90;1", "ABCD")) {
            String row = "<row r=\"1\"><c r=\"" + place + "\"><v>1</v></c></row>";
            refused(zip(parts(sheet(row))), Reason.DAMAGED, "save it again");
        }
    }

    @Test
    void aNumberWithAThousandMillionDigitsStaysText() throws Exception {
        var cell = SheetFile.read(zip(parts(sheet("<row r=\"1\"><c r=\"A1\"><v>1E999999999</v></c></row>"))))
                .getFirst()
                .lines()
                .getFirst()
                .cell(0);
        assertThat(cell.text()).hasSizeLessThan(20);
    }

    @Test
    void filesThatAreNoTablesAreToldApart() throws Exception {
        byte[] noise = new byte[4_000];
        new Random(7).nextBytes(noise);
        noise[0] = 0;
        refused(noise, Reason.NOT_A_TABLE, "neither an Excel workbook");
        byte[] old = noise.clone();
        System.arraycopy(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, 0, old, 0, 4);
        refused(old, Reason.OLD_OR_LOCKED, "without a password");
        byte[] whole = new TableBook().sheet("s", new Object[] {"a", "b"}).bytes();
        refused(java.util.Arrays.copyOf(whole, whole.length / 2), Reason.DAMAGED, "damaged");
        refused(new byte[SheetFile.MOST_BYTES + 1], Reason.TOO_LARGE, "at most 10 MB");
        refused(utf8("a,\"b\nc,d"), Reason.DAMAGED, "quotation mark");
        refused(utf8("a,b\n".repeat(SheetFile.MOST_LINES + 1)), Reason.TOO_MANY_LINES, "50000 lines");
    }
}
