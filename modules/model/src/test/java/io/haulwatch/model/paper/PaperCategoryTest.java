package io.haulwatch.model.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaperCategoryTest {
    @Test
    void classesOfALicenceAreKeptInTheirOrderWhateverStandsBetweenThem() {
        assertThat(PaperCategory.of("drv.licence", "A2")).hasValue("A2");
        assertThat(PaperCategory.of("drv.licence", " a1、a2, d ")).hasValue("A1A2D");
        assertThat(PaperCategory.of("drv.licence", "A1A2D")).hasValue("A1A2D");
        assertThat(PaperCategory.of("drv.licence", "B2 B2")).hasValue("B2");
        assertThat(PaperCategory.of("drv.licence", "")).hasValue("");
    }

    @Test
    void whatIsNoClassIsNotTaken() {
        assertThat(PaperCategory.of("drv.licence", "A4")).isEmpty();
        assertThat(PaperCategory.of("drv.licence", "A2X")).isEmpty();
        assertThat(PaperCategory.of("drv.licence", "XA2")).isEmpty();
        assertThat(PaperCategory.of("drv.licence", "GENERAL")).isEmpty();
    }

    @Test
    void aQualificationNamesASortOfGoodsAndOtherPapersNothing() {
        assertThat(PaperCategory.of("drv.qualification", "dangerous_goods")).hasValue("DANGEROUS_GOODS");
        assertThat(PaperCategory.of("drv.qualification", "A2")).isEmpty();
        assertThat(PaperCategory.of("veh.permit", "GENERAL")).isEmpty();
        assertThat(PaperCategory.of("veh.permit", " ")).hasValue("");
    }
}
