package io.haulwatch.training.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonTextTest {
    private static String html(String markdown) {
        return LessonText.html(markdown, name -> "/drawings/" + name).strip();
    }

    @Test
    void makesAPageOfMarkdown() {
        assertThat(html("## 弯前减速\n\n- 看**标志**\n- 松油门"))
                .isEqualTo("<h2>弯前减速</h2>\n<ul>\n<li>看<strong>标志</strong></li>\n<li>松油门</li>\n</ul>");
        assertThat(html("![弯道](bend.svg)")).isEqualTo("<p><img src=\"/drawings/bend.svg\" alt=\"弯道\" /></p>");
        assertThat(html("[法规](https://example.org/a?b=1&c=2)"))
                .isEqualTo(
                        "<p><a rel=\"noopener noreferrer nofollow\" href=\"https://example.org/a?b=1&amp;c=2\">法规</a></p>");
    }

    @Test
    void writtenHtmlIsShownAndDoesNothing() {
        assertThat(html("<script>alert(1)</script>")).isEqualTo("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        assertThat(html("看 <img src=x onerror=alert(1)> 这里"))
                .isEqualTo("<p>看 &lt;img src=x onerror=alert(1)&gt; 这里</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java&#10;script:alert(1)",
                "&#106;avascript:alert(1)",
                "data:text/html;base64,PHNjcmlwdD4",
                "vbscript:x",
                "//evil.example/x",
                "/api/v1/logout",
                "other.html"
            })
    void aLinkThatDoesNotLeadToTheWebIsOnlyItsText(String destination) {
        assertThat(html("[x](" + destination + ")")).isEqualTo("<p>x</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil/x.png",
                "//evil/x.png",
                "/etc/x.svg",
                "../x.svg",
                "a/b.svg",
                "a/../b.svg",
                "..",
                ".x.svg",
                "x%2f.svg",
                "x.svg?y",
                "data:image/svg+xml;base64,x",
                "javascript:alert(1)"
            })
    void anImageFromElsewhereIsOnlyItsDescription(String destination) {
        assertThat(html("![画](" + destination + ")")).isEqualTo("<p>画</p>");
    }

    @Test
    void anImageInADeadLinkStays() {
        assertThat(html("[![画](a.svg)](javascript:x)")).isEqualTo("<p><img src=\"/drawings/a.svg\" alt=\"画\" /></p>");
    }

    @Test
    void aLineThatEndsInChineseGoesOnWithoutASpace() {
        assertThat(html("看见弯道，\n松油门")).isEqualTo("<p>看见弯道，松油门</p>");
        assertThat(html("see the bend\nease off")).isEqualTo("<p>see the bend\nease off</p>");
        assertThat(html("\uDBBF\uDFFF\n\u0378")).isEqualTo("<p>\uDBBF\uDFFF\n\u0378</p>");
    }

    @Test
    void readsAloudWhatIsSaidAndNotHowItLooks() {
        assertThat(
                        LessonText.plain(
                                "## 弯前*减速*\n\n看 `30`，\n再看 [这里](https://example.org)。<b>粗</b>\n\n![弯道图](bend.svg)\n\n1. 一\n2. 二\n\n<div>块</div>"))
                .isEqualTo("弯前减速\n看 30，再看 这里。粗\n弯道图\n一\n二");
        assertThat(LessonText.plain("see the\nbend\n\n    code")).isEqualTo("see the bend\ncode");
        assertThat(LessonText.plain("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">",
                "> ",
                "- ",
                "1. ",
                "[",
                "![",
                "*a _b ",
                "**a *b ",
                "\\",
                "`a",
                "![x](",
                "[x][",
                "* ",
                "<![CDATA[",
                "<?",
                "<!-- ",
                "a**b",
                "*_",
                "&amp;",
                "[a]: "
            })
    void aTextOfNothingButMarksIsShown(String mark) {
        String longest = mark.repeat(20_000 / mark.length());
        for (String markdown : List.of(longest, longest + "x", longest + "](x.svg)".repeat(10), "a\n" + longest)) {
            assertThat(html(markdown)).isNotNull();
            assertThat(LessonText.plain(markdown)).isNotNull();
        }
    }

    @Test
    void picturesAndLinksInOneAnotherAreShown() {
        String nested = "![".repeat(2_000) + "x" + "](a.svg)".repeat(2_000);
        assertThat(html(nested)).contains("/drawings/a.svg");
        assertThat(html("[".repeat(3_000) + "x" + "](https://e)".repeat(1_500))).contains("https://e");
        assertThat(LessonText.plain(nested)).isNotNull();
        assertThat(html("*".repeat(9_999) + "x" + "*".repeat(9_999))).startsWith("<p><em><strong>");
    }

    @Test
    void noMixtureOfPiecesMakesAnElementOfItsOwn() {
        String[] pieces = {
            "<script>", "<img src=x onerror=y>", "[a](", "javascript:x", ")", "![", "](", "x.svg", "\n", "\n\n", "`",
                    "*",
            "> ", "- ", "<!--", "-->", "<?", "&lt;", "\\", "\"", "'", "http://e/", "<a href='javascript:x'>",
                    "[r]: javascript:x\n",
            "[r]", "<javascript:x>", "# ", "    ", "~~~"
        };
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder markdown = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                markdown.append(pieces[random.nextInt(pieces.length)]);
            }
            String html = html(markdown.toString());
            assertThat(html)
                    .as("seed %d: %s", seed, markdown)
                    .doesNotContain("<script", "<!--", "<?", "<a href='")
                    .doesNotContainPattern("<[^>]*\\son[a-z]+=")
                    .doesNotContainPattern("(href|src)=\"\\s*javascript");
        }
    }
}
