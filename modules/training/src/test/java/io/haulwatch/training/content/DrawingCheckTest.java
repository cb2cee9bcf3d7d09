package io.haulwatch.training.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DrawingCheckTest {
    private static final String OPEN =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 10 10\">\n";

    private static String reason(String svg) {
        DrawingCheck.Fault fault = DrawingCheck.of(svg.getBytes(StandardCharsets.UTF_8));
        return fault == null ? "none" : fault.line() + " " + fault.reason();
    }

    @Test
    void everyDrawingOfTheProductOnlyDraws() {
        for (Course course : Courses.builtIn()) {
            course.drawings()
                    .forEach((name, svg) ->
                            assertThat(reason(svg)).as(course.id() + "/" + name).isEqualTo("none"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <script>alert(1)</script>                                        | 2 script
            <SCRIPT>alert(1)</SCRIPT>                                        | 2 script
            <script href="#a"/>                                              | 2 script
            <path d="M0 0"/><rect onload="x()"/>                             | 2 event
            <rect ONCLICK="x()"/>                                            | 2 event
            <foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject> | 2 foreign_object
            <p xmlns="http://www.w3.org/1999/xhtml">x</p>                    | 2 element
            <h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>    | 2 script
            <a href="https://example.com"><path d="M0 0"/></a>               | 2 element
            <animate attributeName="href" to="javascript:x"/>                | 2 element
            <set attributeName="onload" to="x"/>                             | 2 element
            <use href="other.svg#a"/>                                        | 2 external
            <use xlink:href="https://example.com/a.svg#a"/>                  | 2 external
            <use href="data:image/svg+xml,x"/>                               | 2 external
            <image href="https://example.com/a.png"/>                        | 2 external
            <image href="data:image/svg+xml;base64,PHN2Zy8+"/>               | 2 external
            <image href="//example.com/a.png"/>                              | 2 external
            <g xml:base="https://example.com/"/>                             | 2 external
            <rect fill="url(https://example.com/a.svg#b)"/>                  | 2 external
            <rect fill="url( 'https://example.com/a.svg#b')"/>               | 2 external
            <rect style="background:url(//example.com/x)"/>                  | 2 external
            <rect style="fill:\\75rl(x)"/>                                   | 2 external
            <rect fill="&#117;rl(x)"/>                                       | 2 external
            <style>@import "https://example.com/x.css";</style>              | 2 external
            <style>rect{fill:u<!-- x -->rl(https://example.com)}</style>     | 2 external
            <style><![CDATA[ .a { background: IMAGE-SET("x" 1x) } ]]></style> | 2 external
            <?xml-stylesheet href="https://example.com/x.css"?>              | 2 external
            <text>&unknown;</text>                                           | 2 not_svg
            <rect>                                                           | 3 not_svg
            """)
    void whatRunsOrComesFromElsewhereIsRefusedWithItsLine(String inside, String expected) {
        assertThat(reason(OPEN + inside + "\n</svg>")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/>
            <style>.a { fill: url( '#a' ); }</style>
            <use href="#a"/><use xlink:href="#a"/>
            <image href="data:image/png;base64,iVBORw0KGgo="/>
            <text x="1">制动距离 &lt; 40 m; url is a word</text>
            <metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
            <g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="C:\\x"/>
            """)
    void whatDrawsIsTaken(String inside) {
        assertThat(reason(OPEN + inside + "\n</svg>")).isEqualTo("none");
    }

    @Test
    void nothingIsLoadedOrMultipliedByADocumentType() {
        assertThat(reason("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n" + OPEN
                        + "<text>&a;</text></svg>"))
                .isEqualTo("1 doctype");
        assertThat(reason("<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + OPEN
                        + "<text>&b;</text></svg>"))
                .isEqualTo("1 doctype");
        assertThat(reason("<!DOCTYPE svg SYSTEM \"https://example.com/x.dtd\">" + OPEN + "</svg>"))
                .isEqualTo("1 doctype");
    }

    @Test
    void whatIsNoDrawingIsRefused() {
        assertThat(reason("")).isEqualTo("1 not_svg");
        assertThat(reason("hello")).isEqualTo("1 not_svg");
        assertThat(reason("<svg/>"))
                .as("without its namespace it draws nothing")
                .isEqualTo("1 not_svg");
        assertThat(reason("<html><svg xmlns=\"http://www.w3.org/2000/svg\"/></html>"))
                .isEqualTo("1 not_svg");
        assertThat(reason("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + OPEN + "</svg>"))
                .isEqualTo("1 not_svg");
        assertThat(DrawingCheck.of((OPEN + "</svg>").getBytes(StandardCharsets.UTF_16)))
                .isNotNull();
        assertThat(reason("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + OPEN + "</svg>"))
                .isEqualTo("none");
    }
}
