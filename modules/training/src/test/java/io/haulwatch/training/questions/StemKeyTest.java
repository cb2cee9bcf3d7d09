package io.haulwatch.training.questions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "限速80，对吗？ | 限速８０ 对吗",
                "“安全”第一（必选） | 安全第一(必选)",
                "Speed LIMIT: 80 | speed limit 80",
                "下列正确的是（  ）。 | 下列正确的是()"
            })
    void spacesWidthCaseAndPunctuationMakeNoOtherQuestion(String one, String other) {
        assertThat(StemKey.of(one)).isEqualTo(StemKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"载重 3.5 吨 | 载重 35 吨", "超速 20% | 超速 20", "气温 -5 度 | 气温 5 度", "车速<80 | 车速>80"})
    void signsThatMakeAnotherQuestionStay(String one, String other) {
        assertThat(StemKey.of(one)).isNotEqualTo(StemKey.of(other));
    }

    @Test
    void aStemOfPunctuationAloneIsItsOwnKey() {
        assertThat(StemKey.of("？？")).isNotEqualTo(StemKey.of("！")).isNotEmpty();
    }
}
