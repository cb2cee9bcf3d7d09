package io.haulwatch.training.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.QuestionKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AikenTest {
    @Test
    void readsStemOptionsAndAnswer() {
        BankReport report = Aiken.parse("""
                高速公路上货车最高车速是多少？
                A. 80 km/h
                B. 90 km/h
                C. 100 km/h
                D. 120 km/h
                ANSWER: C

                下列哪些要减速？
                A) 雾
                B) 雨
                C) 晴
                ANSWER: A, B
                可以边开车边看手机。
                A、对
                B、错
                ANSWER：B
                """);
        assertThat(report.findings()).isEmpty();
        assertThat(report.taken())
                .extracting(Question::id, Question::kind, Question::right)
                .containsExactly(
                        tuple("line-1", QuestionKind.SINGLE, java.util.Set.of(2)),
                        tuple("line-8", QuestionKind.MULTIPLE, java.util.Set.of(0, 1)),
                        tuple("line-13", QuestionKind.TRUE_FALSE, java.util.Set.of(1)));
        assertThat(report.taken().getFirst().options())
                .extracting(option -> option.text().zh())
                .containsExactly("80 km/h", "90 km/h", "100 km/h", "120 km/h");
    }

    @Test
    void aByteOrderMarkAndWindowsLinesAreNoMatter() {
        String text = "甲？\n\nA. 一\nB. 二\n\nANSWER: A\n";
        assertThat(Aiken.parse("\uFEFF" + text.replace("\n", "\r\n")).taken())
                .isEqualTo(Aiken.parse(text).taken())
                .hasSize(1);
    }

    @Test
    void aFaultNamesItsLineAndHarmsNoNeighbour() {
        BankReport report = Aiken.parse("""
                第一章

                没有答案？
                A. 一
                B. 二

                答案不在？
                A. 一
                B. 二
                ANSWER: C
                没有字母？
                A. 一
                B. 二
                ANSWER: 甲
                次序不对？
                A. 一
                C. 二
                ANSWER: A
                只有一个？
                A. 一
                ANSWER: A
                ANSWER: B
                对的？
                A. 一
                B. 二
                ANSWER: B
                没有完
                """);
        assertThat(report.taken()).extracting(Question::id).containsExactly("line-23");
        assertThat(report.findings())
                .extracting(Finding::line, Finding::code)
                .containsExactly(
                        tuple(1, FindingCode.ANSWER_LINE_MISSING),
                        tuple(3, FindingCode.ANSWER_LINE_MISSING),
                        tuple(10, FindingCode.ANSWER_NOT_AN_OPTION),
                        tuple(14, FindingCode.ANSWER_NOT_AN_OPTION),
                        tuple(15, FindingCode.OPTIONS_OUT_OF_ORDER),
                        tuple(19, FindingCode.QUESTION_OPTION_COUNT),
                        tuple(22, FindingCode.STEM_MISSING),
                        tuple(27, FindingCode.ANSWER_LINE_MISSING));
    }

    @Test
    void aMultipleChoiceInWhichAllIsRightIsFound() {
        assertThat(Aiken.parse("甲？\nA. 一\nB. 二\nANSWER: AB").findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.QUESTION_MULTIPLE_NEEDS_ONE_WRONG);
    }

    @Test
    void anyTextGivesAReport() {
        String[] pieces = {"题", "A. 一\n", "B) 二\n", "C、三\n", "ANSWER: A\n", "ANSWER:", "\n", "AB", "Z. ", "：", " "};
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            BankReport report = Aiken.parse(text.toString());
            assertThat(report.findings())
                    .as("seed %d: %s", seed, text)
                    .allMatch(finding -> finding.line() >= 1
                            && finding.line() <= text.toString().lines().count());
        }
    }

    @Test
    void aBankThatIsTooLongIsNotRead() {
        assertThat(Aiken.parse("a".repeat(2_000_001)).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.TEXT_TOO_LONG);
    }
}
