package io.haulwatch.training.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Question.Option;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.QuestionRefused;
import io.haulwatch.training.content.Words;
import io.haulwatch.training.questions.FindingCode.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GiftTest {
    private static final String SHEET = """
            $CATEGORY: law/fatigue

            ::FAT-001:: 连续驾驶载货汽车超过4小时未停车休息或休息少于20分钟，一次记几分？ {
             ~1分#错 =3分#对，自2022-04-01起 ~6分#旧规定 ~12分 }
            """;

    private static Question only(String text) {
        BankReport report = Gift.parse(text);
        assertThat(report.findings()).isEmpty();
        assertThat(report.taken()).hasSize(1);
        return report.taken().getFirst();
    }

    private static FindingCode onlyFinding(String text) {
        BankReport report = Gift.parse(text);
        assertThat(report.taken()).isEmpty();
        assertThat(report.findings()).hasSize(1);
        return report.findings().getFirst().code();
    }

    private static List<String> options(Question question) {
        return question.options().stream()
                .map(option -> (option.right() ? "=" : "~") + option.text().zh())
                .toList();
    }

    /** The example of the training sheet §7. */
    @Test
    void readsTheExampleOfTheSheet() {
        Question question = only(SHEET);
        assertThat(question.id()).isEqualTo("FAT-001");
        assertThat(question.topic()).isEqualTo("law/fatigue");
        assertThat(question.kind()).isEqualTo(QuestionKind.SINGLE);
        assertThat(question.stem().zh()).isEqualTo("连续驾驶载货汽车超过4小时未停车休息或休息少于20分钟，一次记几分？");
        assertThat(question.options())
                .containsExactly(
                        new Option(Words.chinese("1分"), false),
                        new Option(Words.chinese("3分"), true),
                        new Option(Words.chinese("6分"), false),
                        new Option(Words.chinese("12分"), false));
        assertThat(question.explanation()).isEqualTo(Words.chinese("对，自2022-04-01起\n1分：错\n6分：旧规定"));
    }

    @Test
    void aByteOrderMarkAndAnyEndsOfLinesAreNoMatter() {
        Question question = only(SHEET);
        assertThat(only("\uFEFF" + SHEET.replace("\n", "\r\n"))).isEqualTo(question);
        assertThat(only(SHEET.replace('\n', '\r'))).isEqualTo(question);
        assertThat(only("// 一行注释\n" + SHEET.replace("{\n", "{\n // 又一行\n"))).isEqualTo(question);
    }

    /** Questions after those of Moodle's own page about the format. */
    @Test
    void readsTheKindsThatWeHave() {
        Question truth = only("地球是圆的。{TRUE#错在这里#对，是圆的}");
        assertThat(truth.kind()).isEqualTo(QuestionKind.TRUE_FALSE);
        assertThat(truth.options())
                .containsExactly(new Option(new Words("对", "True"), true), new Option(new Words("错", "False"), false));
        assertThat(truth.explanation()).isEqualTo(Words.chinese("对，是圆的\n错在这里"));
        assertThat(only("太阳从西边升起。{f}").right()).containsExactly(1);

        Question multiple = only("哪两人葬在格兰特墓？{~%-100%无人 ~%50%格兰特 ~%50%格兰特夫人 ~%-100%格兰特的父亲 ####两人都在}");
        assertThat(multiple.kind()).isEqualTo(QuestionKind.MULTIPLE);
        assertThat(multiple.right()).containsExactly(1, 2);
        assertThat(multiple.explanation()).isEqualTo(Words.chinese("两人都在"));

        Question weighed = only("一个全对的。{~%100%甲 ~乙 ~%-50%丙}");
        assertThat(weighed.kind()).isEqualTo(QuestionKind.SINGLE);
        assertThat(weighed.right()).containsExactly(0);

        assertThat(only("车速超过 {~80 =100 ~120} km/h 时保持 100 米。").stem().zh()).isEqualTo("车速超过____km/h 时保持 100 米。");
    }

    @Test
    void whatABackslashPrecedesStandsForItself() {
        Question question = only("::a\\:b:: 1 \\= 1 \\{甲\\} 吗？{=是\\~对\\#的 ~%0%不\\\\是}");
        assertThat(question.id()).isEqualTo("a:b");
        assertThat(question.stem().zh()).isEqualTo("1 = 1 {甲} 吗？");
        assertThat(options(question)).containsExactly("=是~对#的", "~不\\是");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "说说安全。 {} | ESSAY",
                "说说安全。 {####因为} | ESSAY",
                "首都？ {=北京->中国 =东京->日本} | MATCHING",
                "多少？ {#5:1} | NUMERIC",
                "谁？ {=格兰特 =尤利西斯} | SHORT_ANSWER",
                "只有一段话。 | DESCRIPTION",
                "图里是什么？<img src=x> {=甲 ~乙} | MEDIA",
                "没有收尾 {=甲 ~乙 | ANSWERS_NOT_CLOSED",
                "没有开头 =甲 ~乙} | ANSWERS_NOT_CLOSED",
                "两次 {=甲 ~乙} {=丙 ~丁} | ANSWERS_TWICE",
                "套着 {=甲 {~乙} | ANSWERS_TWICE",
                "::名字 {=甲 ~乙} | NAME_NOT_CLOSED",
                "{=甲 ~乙} | STEM_MISSING",
                "怎么 {甲 ~乙} | ANSWERS_UNREADABLE",
                "怎么 {=甲 ~%x%乙} | WEIGHT_UNREADABLE",
                "怎么 {=甲 ~ } | OPTION_EMPTY",
                "怎么 {~甲 ~乙} | QUESTION_SINGLE_NEEDS_ONE_RIGHT",
                "怎么 {=甲 =乙 ~丙} | QUESTION_SINGLE_NEEDS_ONE_RIGHT",
                "怎么 {~%50%甲 ~%50%乙} | QUESTION_MULTIPLE_NEEDS_ONE_WRONG",
                "怎么 {=甲 ~甲} | QUESTION_OPTION_TWICE"
            })
    void whatIsNotTakenIsFoundWithItsReason(String text, FindingCode code) {
        assertThat(onlyFinding(text)).isEqualTo(code);
    }

    @Test
    void aFaultNamesItsLineAndHarmsNoNeighbour() {
        BankReport report = Gift.parse("""
                // 题库
                甲？{=一 ~二}

                乙？{=一 ~二

                丙？
                {=一
                ~二}

                丁？{}
                """);
        assertThat(report.taken()).extracting(Question::id).containsExactly("line-2", "line-6");
        assertThat(report.findings())
                .extracting(Finding::line, Finding::code, Finding::severity)
                .containsExactly(
                        tuple(4, FindingCode.ANSWERS_NOT_CLOSED, Severity.FAULT),
                        tuple(10, FindingCode.ESSAY, Severity.REVIEW));
        assertThat(report.findings()).allMatch(finding -> finding.detail().length() > 10);
    }

    @Test
    void theSameQuestionIsTakenOnceWhateverItsWidthAndPunctuation() {
        BankReport report = Gift.parse("""
                限速 80 km/h，对吗？{T}

                限速８０ＫＭ／Ｈ 对吗{T}

                限速 80 km/h，对吗？{F}

                限速 8.0 km/h，对吗？{T}
                """);
        assertThat(report.taken()).extracting(Question::id).containsExactly("line-1", "line-5", "line-7");
        assertThat(report.findings())
                .extracting(Finding::line, Finding::code)
                .containsExactly(tuple(3, FindingCode.DUPLICATE), tuple(5, FindingCode.SAME_STEM));
    }

    @Test
    void marksOfHtmlGoAndWordsStay() {
        BankReport report = Gift.parse(
                "[html]<p onclick='x'>车速 &lt; 80 时<b>可以</b></p><script>alert(1)</script> 吗？{=[html]<i>可以</i> ~5 < 6}");
        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.HTML_REMOVED);
        assertThat(report.taken().getFirst().stem().zh()).isEqualTo("车速 < 80 时可以 吗？");
        assertThat(options(report.taken().getFirst())).containsExactly("=可以", "~5 < 6");
    }

    @Test
    void aNameThatIsTakenOrTooLongIsChanged() {
        BankReport report =
                Gift.parse("::a::甲？{T}\n\n::a::乙？{T}\n\n::" + "名".repeat(65) + "::丙？{T}\n\n::line-9::丁？{T}\n\n戊？{T}");
        assertThat(report.taken())
                .extracting(Question::id)
                .containsExactly("a", "line-3", "line-5", "line-9", "line-9-again");
        assertThat(report.findings())
                .extracting(Finding::code)
                .containsOnly(FindingCode.NAME_CHANGED)
                .hasSize(2);
    }

    @Test
    void pointsForPartlyRightOptionsAreDroppedAndSaid() {
        BankReport report = Gift.parse("甲？{=一 ~%50%二 ~三}");
        assertThat(options(report.taken().getFirst())).containsExactly("=一", "~二", "~三");
        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.PARTIAL_CREDIT_DROPPED);
    }

    @Test
    void categoriesLoseTheirRootAndLastUntilTheNext() {
        BankReport report =
                Gift.parse("甲？{T}\n\n$CATEGORY: $course$/top/法规\n乙？{T}\n\n丙？{T}\n$CATEGORY: $course$/\n\n丁？{T}");
        assertThat(report.taken()).extracting(Question::topic).containsExactly(null, "法规", "法规", null);
    }

    @Test
    void whatIsTooMuchIsSaidOnceAndNothingBreaks() {
        assertThat(onlyFinding("问".repeat(700_000))).isEqualTo(FindingCode.TEXT_TOO_LONG);
        assertThat(Gift.parse("甲？{T}\n\n\uFFFD{T}").findings())
                .extracting(Finding::line, Finding::code)
                .containsExactly(tuple(3, FindingCode.NOT_UTF8));
        assertThat(onlyFinding("甲？{" + "~".repeat(1_000_000) + "=乙}")).isEqualTo(FindingCode.QUESTION_OPTION_COUNT);
        assertThat(onlyFinding("<!--".repeat(400_000) + "{T}")).isEqualTo(FindingCode.STEM_MISSING);
        assertThat(onlyFinding("<script ".repeat(200_000) + "{T}")).isEqualTo(FindingCode.STEM_MISSING);
        String many = IntStream.range(0, 5_100).mapToObj(i -> "第" + i + "题？{T}").collect(Collectors.joining("\n\n"));
        BankReport report = Gift.parse(many);
        assertThat(report.taken()).hasSize(5_000);
        assertThat(report.findings())
                .extracting(Finding::line, Finding::code)
                .containsExactly(tuple(10_001, FindingCode.TOO_MANY_QUESTIONS));
    }

    @ParameterizedTest
    @EnumSource(QuestionRefused.Reason.class)
    void everyReasonToRefuseAQuestionIsAFinding(QuestionRefused.Reason reason) {
        assertThat(FindingCode.of(reason).severity()).isEqualTo(Severity.FAULT);
    }

    private static String escaped(String text) {
        return text.replaceAll("([~=#{}:\\\\])", "\\\\$1");
    }

    private static String anyWords(SplittableRandom random) {
        String[] pieces = {"车", "速 ", "80", "=", "~", "#", "{", "}", ":", "\\", "，", "%", "a", "->", "T", "。", "["};
        StringBuilder words = new StringBuilder("题");
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            words.append(pieces[random.nextInt(pieces.length)]);
        }
        return words.toString().strip();
    }

    @Test
    void whatWasWrittenWithEscapesIsReadBack() {
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String stem = anyWords(random);
            int count = 2 + random.nextInt(6);
            int right = random.nextInt(count);
            List<String> written = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                written.add((i == right ? "=" : "~") + anyWords(random) + i);
            }
            String text = "::q" + seed + "::" + escaped(stem) + "{"
                    + written.stream()
                            .map(option -> option.charAt(0) + escaped(option.substring(1)))
                            .collect(Collectors.joining(random.nextBoolean() ? "\n" : " "))
                    + "}";
            BankReport report = Gift.parse(text);
            assertThat(report.findings()).as("seed %d: %s", seed, text).isEmpty();
            Question question = report.taken().getFirst();
            assertThat(question.stem().zh()).as("seed %d: %s", seed, text).isEqualTo(stem);
            assertThat(options(question)).as("seed %d: %s", seed, text).isEqualTo(written);
        }
    }

    @Test
    void anyTextGivesAReportInWhichEachBlockIsTakenOrFound() {
        String[] pieces = {
            "::",
            "{",
            "}",
            "=",
            "~",
            "%50%",
            "%",
            "#",
            "####",
            "->",
            "T",
            "FALSE",
            "\\",
            "\n",
            "\n\n",
            "//",
            "$CATEGORY:",
            "[html]",
            "<b>",
            "<img",
            "<!--",
            "题",
            "答",
            "5",
            ":",
            " ",
            "\u0000",
            "\uD800"
        };
        for (int seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 24; i++) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            long blocks = blocks(text.toString());
            BankReport report = Gift.parse(text.toString());
            long left = report.findings().stream()
                    .filter(finding -> finding.severity() != Severity.NOTE)
                    .count();
            assertThat(report.taken().size() + left)
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(blocks);
        }
    }

    /** Counted the plain way: runs of lines that are neither blank nor a comment nor a category. */
    private static long blocks(String text) {
        long blocks = 0;
        boolean inBlock = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("//")) {
                continue;
            }
            boolean part = !line.isEmpty() && !line.startsWith("$CATEGORY:");
            blocks += part && !inBlock ? 1 : 0;
            inBlock = part;
        }
        return blocks;
    }
}
