package io.haulwatch.training.content;

import java.lang.Character.UnicodeBlock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The text of a lesson as a page and as something to read aloud. Lessons may come from anybody: HTML in them is shown as it is written and never
 * becomes a page's own, links lead to the web or nowhere, and images are drawings of the course or nothing but their description.
 */
public final class LessonText {
    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final Set<UnicodeBlock> CHINESE_MARKS =
            Set.of(UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
    /** Deeper than anybody writes: who looks at a text goes down level by level, and must come back. */
    private static final int DEEPEST = 100;

    private static final Parser PARSER = Parser.builder()
            .maxOpenBlockParsers(DEEPEST)
            .postProcessor(LessonText::flatten)
            .build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (node instanceof Link) {
                    attributes.put("rel", "noopener noreferrer nofollow");
                }
            })
            .build();

    private LessonText() {}

    /**
     * HTML that is safe to put into a page.
     *
     * @param imageUrl the address of a drawing, given its file name
     */
    public static String html(String markdown, UnaryOperator<String> imageUrl) {
        Node document = PARSER.parse(markdown);
        document.accept(new Cleaning(imageUrl));
        return HTML.render(document);
    }

    /** Words to read aloud: a paragraph, heading or entry of a list a line; images by their description, HTML left out. */
    public static String plain(String markdown) {
        Node document = PARSER.parse(markdown);
        Reading reading = new Reading();
        document.accept(reading);
        return reading.text();
    }

    /** File names of the drawings that a lesson shows, in all its languages. */
    static Set<String> drawings(Words text) {
        Set<String> drawings = new TreeSet<>();
        for (String markdown : text.en() == null ? List.of(text.zh()) : List.of(text.zh(), text.en())) {
            drawings.addAll(drawings(markdown));
        }
        return drawings;
    }

    /** Takes out of a document what is nested too deep. */
    private static Node flatten(Node document) {
        int depth = 0;
        Node node = document;
        while (node != null) {
            Node child = node.getFirstChild();
            while (child != null && depth == DEEPEST) {
                child.unlink();
                child = node.getFirstChild();
            }
            if (child != null) {
                node = child;
                depth++;
                continue;
            }
            while (!node.equals(document) && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            node = node.equals(document) ? null : node.getNext();
        }
        return document;
    }

    /** File names of the pictures that a lesson's text shows. */
    public static Set<String> drawings(String markdown) {
        Set<String> drawings = new TreeSet<>();
        PARSER.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                visitChildren(image);
                if (Names.isDrawing(image.getDestination())) {
                    drawings.add(image.getDestination());
                }
            }
        });
        return drawings;
    }

    /** Takes out of a document what must not be in a page. */
    private static final class Cleaning extends AbstractVisitor {
        private final UnaryOperator<String> imageUrl;

        Cleaning(UnaryOperator<String> imageUrl) {
            this.imageUrl = imageUrl;
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            if (Names.isDrawing(image.getDestination())) {
                image.setDestination(imageUrl.apply(image.getDestination()));
            } else {
                putChildrenInPlaceOf(image);
            }
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (!leadsToTheWeb(link.getDestination())) {
                putChildrenInPlaceOf(link);
            }
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            // A browser shows the end of a line as a space, which Chinese does not have between words.
            if (lineBreak.getPrevious() instanceof Text before
                    && lineBreak.getNext() instanceof Text after
                    && joinsWithoutSpace(before.getLiteral(), after.getLiteral())) {
                lineBreak.unlink();
            }
        }

        private static void putChildrenInPlaceOf(Node node) {
            Node child = node.getFirstChild();
            while (child != null) {
                Node next = child.getNext();
                node.insertBefore(child);
                child = next;
            }
            node.unlink();
        }

        private static boolean leadsToTheWeb(String destination) {
            var scheme = SCHEME.matcher(destination);
            return scheme.lookingAt() && LINK_SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
        }
    }

    static boolean joinsWithoutSpace(String before, String after) {
        return !before.isEmpty()
                && !after.isEmpty()
                && isChinese(before.codePointBefore(before.length()))
                && isChinese(after.codePointAt(0));
    }

    private static boolean isChinese(int character) {
        UnicodeBlock block = UnicodeBlock.of(character);
        return Character.isIdeographic(character) || (block != null && CHINESE_MARKS.contains(block));
    }
}
