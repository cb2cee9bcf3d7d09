package io.haulwatch.training.content;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Whether a drawing (SVG) only draws. Nothing is repaired: what runs, what comes from elsewhere and what is not known to draw is refused with its line, so
 * that whoever made it takes it out and sees what the drivers will see.
 */
public final class DrawingCheck {
    private static final String SVG = "http://www.w3.org/2000/svg";
    /** What drawing programs write about themselves; nothing shows it. */
    private static final Set<String> NOTES = Set.of(
            "http://www.inkscape.org/namespaces/inkscape",
            "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "http://creativecommons.org/ns#",
            "http://purl.org/dc/elements/1.1/");

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "title",
            "desc",
            "metadata",
            "symbol",
            "use",
            "switch",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "textPath",
            "image",
            "marker",
            "style",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask",
            "pattern",
            "filter",
            "feBlend",
            "feColorMatrix",
            "feComponentTransfer",
            "feComposite",
            "feConvolveMatrix",
            "feDiffuseLighting",
            "feDisplacementMap",
            "feDistantLight",
            "feDropShadow",
            "feFlood",
            "feFuncA",
            "feFuncB",
            "feFuncG",
            "feFuncR",
            "feGaussianBlur",
            "feImage",
            "feMerge",
            "feMergeNode",
            "feMorphology",
            "feOffset",
            "fePointLight",
            "feSpecularLighting",
            "feSpotLight",
            "feTile",
            "feTurbulence");

    private static final Set<String> SHOWS_PICTURES = Set.of("image", "feImage");
    private static final Pattern PICTURE_INSIDE = Pattern.compile("data:image/(png|jpeg);base64,[A-Za-z0-9+/=\\s]*");
    /** In style sheets and in every attribute that is read as style. */
    private static final Pattern URL_ELSEWHERE = Pattern.compile("url\\(\\s*['\"]?\\s*(?!['\"#\\s])");

    private static final Pattern LOADS = Pattern.compile(
            "@import|@font-face|@namespace|image-set\\(|image\\(|src\\(|cross-fade\\(|expression\\(|-moz-binding|behavior:");

    private DrawingCheck() {}

    /**
     * Why a drawing is refused.
     *
     * @param line from 1
     * @param reason a word for programs: script, event, foreign_object, external, doctype, element, not_svg
     * @param sentence for people
     */
    public record Fault(int line, String reason, String sentence) {}

    /** The first fault of a drawing, or null. */
    public static @Nullable Fault of(byte[] content) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Fault(1, "not_svg", "it is not UTF-8");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("a drawing loads nothing");
        });
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(
                    new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
            try {
                return new Reading(reader).fault();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            return new Fault(Math.max(1, line), "not_svg", "it is not well-formed XML");
        }
    }

    private static final class Reading {
        private final XMLStreamReader reader;
        private final StringBuilder style = new StringBuilder();
        private boolean inStyle;
        private boolean seen;

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        @Nullable
        Fault fault() throws XMLStreamException {
            String encoding = reader.getCharacterEncodingScheme();
            if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
                return fault("not_svg", "it says that it is not UTF-8");
            }
            while (reader.hasNext()) {
                Fault fault = event(reader.next());
                if (fault != null) {
                    return fault;
                }
            }
            return seen ? null : fault("not_svg", "there is no drawing in it");
        }

        private @Nullable Fault event(int event) {
            return switch (event) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    fault("doctype", "it declares or uses entities (DOCTYPE); take that out");
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    fault("external", "it names a style sheet or a program (<?…?>); take that out");
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.START_ELEMENT -> element();
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> null;
            };
        }

        private @Nullable Fault text() {
            if (inStyle) {
                style.append(reader.getText());
            }
            return null;
        }

        private @Nullable Fault end() {
            boolean ends = inStyle && reader.getLocalName().equals("style");
            inStyle &= !ends;
            return ends ? style(style.toString()) : null;
        }

        private @Nullable Fault element() {
            String name = reader.getLocalName();
            String namespace = reader.getNamespaceURI();
            boolean draws = SVG.equals(namespace);
            if (!seen && !(draws && name.equals("svg"))) {
                return fault("not_svg", "it does not begin with <svg xmlns=\"" + SVG + "\">");
            }
            seen = true;
            if (name.equalsIgnoreCase("script")) {
                return fault("script", "a script; a drawing runs nothing");
            }
            if (name.equalsIgnoreCase("foreignObject")) {
                return fault("foreign_object", "a page inside the drawing (foreignObject)");
            }
            if (draws ? !ELEMENTS.contains(name) : !NOTES.contains(namespace)) {
                return fault("element", "<" + shown(name) + "> is none of the elements that only draw");
            }
            if (draws && name.equals("style")) {
                inStyle = true;
                style.setLength(0);
            }
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                Fault fault = attribute(name, i);
                if (fault != null) {
                    return fault;
                }
            }
            return null;
        }

        private @Nullable Fault attribute(String element, int i) {
            String name = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            String value = reader.getAttributeValue(i).strip();
            if (name.startsWith("on")) {
                return fault("event", "the attribute " + shown(name) + " runs a script");
            }
            if (name.equals("base")) {
                return fault("external", "xml:base sends references elsewhere");
            }
            if (name.equals("href") || name.equals("src")) {
                boolean inside = value.startsWith("#")
                        || (SHOWS_PICTURES.contains(element)
                                && PICTURE_INSIDE.matcher(value).matches());
                return inside
                        ? null
                        : fault(
                                "external",
                                "a reference elsewhere; a drawing refers to itself (#…) or holds its PNG or JPEG inside it (data:)");
            }
            String namespace = reader.getAttributeNamespace(i);
            return namespace != null && NOTES.contains(namespace) ? null : style(value);
        }

        private @Nullable Fault style(String css) {
            String small = css.toLowerCase(Locale.ROOT);
            if (small.contains("javascript:")) {
                return fault("script", "a script; a drawing runs nothing");
            }
            boolean loads = small.indexOf('\\') >= 0
                    || LOADS.matcher(small).find()
                    || URL_ELSEWHERE.matcher(small).find();
            return loads
                    ? fault("external", "a style that loads something, or may; url(#…) is all that it may name")
                    : null;
        }

        private Fault fault(String reason, String sentence) {
            return new Fault(Math.max(1, reader.getLocation().getLineNumber()), reason, sentence);
        }

        private static String shown(String name) {
            return name.length() > 40 ? name.substring(0, 40) + "…" : name;
        }
    }
}
