package io.haulwatch.console.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.print.Folio.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The printer by itself: what it sets can be read again, its font is a part only, and it refuses before it drowns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintShopTest {
    private static final PrintWords WORDS = PrintWords.of("zh-CN");
    private static final Folio.Head HEAD = new Folio.Head("标题", "副题", "EC-20260101-1", List.of("编号"));

    private final PrintShop shop = new PrintShop();

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void embedsOnlyTheSignsThatAreUsed() throws Exception {
        byte[] bytes = printed(folio -> folio.sentence("渝B12345 张建国 Zoë"));
        assertThat(bytes.length)
                .as("bytes of a page with a font of ten million")
                .isLessThan(60_000);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(new PDFTextStripper().getText(document)).contains("标题", "渝B12345 张建国 Zoë", "第 1 页 / 1");
            for (var name : document.getPage(0).getResources().getFontNames()) {
                PDFont font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                assertThat(font.getName()).matches("[A-Z]{6}\\+.*");
            }
        }
    }

    @Test
    void aSignThatTheFontDoesNotHaveIsABoxAndNotNothing() throws Exception {
        assertThat(text(printed(folio -> folio.sentence("甲\uD83D\uDE9A乙\u0007丙"))))
                .contains("甲□乙 丙");
    }

    @Test
    void aTableRepeatsItsTitlesOnEachPage() throws Exception {
        List<List<String>> rows = Collections.nCopies(200, List.of("行", "1"));
        byte[] bytes = printed(folio -> folio.table(List.of(Column.text("栏目甲", 1), Column.number("栏目乙", 1)), rows));
        try (PDDocument document = Loader.loadPDF(bytes)) {
            int pages = document.getNumberOfPages();
            assertThat(pages).isGreaterThan(2);
            for (int page = 1; page <= pages; page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(document)).contains("栏目甲", "EC-20260101-1", "第 " + page + " 页 / " + pages);
            }
        }
    }

    @Test
    void refusesWhenTooManyWaitAndTakesMoreAfterwards() throws Exception {
        List<PrintShop.Place> taken = new ArrayList<>();
        try {
            for (int i = 0; i < PrintShop.MOST; i++) {
                taken.add(shop.place());
            }
            assertThatThrownBy(shop::place).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.type()).isEqualTo("printer-busy");
                assertThat(refusal.status()).isEqualTo(503);
            });
        } finally {
            taken.forEach(PrintShop.Place::close);
        }
        assertThat(printed(folio -> {})).startsWith('%', 'P', 'D', 'F');
    }

    private byte[] printed(PrintShop.Content content) throws InterruptedException {
        try (PrintShop.Place place = shop.place()) {
            return place.print(WORDS, HEAD, content);
        }
    }

    private static String text(byte[] bytes) throws java.io.IOException {
        try (PDDocument document = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
