package io.haulwatch.console.print;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/**
 * One document on A4 from top to bottom: headings, sentences, facts, tables that break over pages with their titles repeated, drawings. A sign that
 * the font does not have is printed as an empty box, so that nothing goes missing unseen. Lengths are in points.
 */
public final class Folio {
    static final Color INK = new Color(0x1F, 0x29, 0x33);
    static final Color SECOND = new Color(0x52, 0x60, 0x6D);
    static final Color LINE = new Color(0xCB, 0xD2, 0xD9);
    static final Color SHADE = new Color(0xF1, 0xF4, 0xF6);
    static final Color BRAND = new Color(0x0B, 0x7A, 0x75);

    private static final float SIDE = 42;
    private static final float TOP = 40;
    private static final float BOTTOM = 52;
    private static final float TITLE = 17;
    private static final float HEADING = 11.5f;
    private static final float TEXT = 9;
    private static final float SMALL = 7.5f;
    private static final float TINY = 6.5f;
    private static final float LEADING = 1.38f;
    private static final int FACT_COLUMNS = 2;
    private static final int EMPTY_BOX = 0x25A1;
    private static final int NO_BREAK_SPACE = 0xA0;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BaseFont face;
    private final Document document;
    private final PdfWriter writer;

    /**
     * What stands above and below.
     *
     * @param number of the document, on each page
     * @param stamp a line under the title: the sum of its content, when and for whom it was made
     */
    public record Head(String title, String subtitle, String number, List<String> stamp) {
        public Head {
            stamp = List.copyOf(stamp);
        }
    }

    /** A label with its value. */
    public record Fact(String label, String value) {}

    /** A column of a table. @param width its share @param right whether its cells hold numbers */
    public record Column(String title, float width, boolean right) {
        public static Column text(String title, float width) {
            return new Column(title, width, false);
        }

        public static Column number(String title, float width) {
            return new Column(title, width, true);
        }
    }

    /** Draws on a part of the page; its origin is below and to the left. */
    @FunctionalInterface
    public interface Drawing {
        void on(Canvas canvas);
    }

    Folio(BaseFont face, PrintWords words, Head head) {
        this.face = face;
        this.document = new Document(PageSize.A4, SIDE, SIDE, TOP, BOTTOM);
        try {
            this.writer = PdfWriter.getInstance(document, out);
            writer.setPageEvent(new Foot(head.number(), words));
            writer.setViewerPreferences(PdfWriter.DisplayDocTitle);
            document.addTitle(head.title() + " " + head.subtitle());
            document.addCreator("Haulwatch");
            document.open();
            writer.getExtraCatalog().put(PdfName.LANG, new PdfString(words.language(), PdfString.TEXT_UNICODE));
        } catch (DocumentException e) {
            throw broken(e);
        }
        title(head);
    }

    private void title(Head head) {
        add(paragraph(head.title(), bold(TITLE, INK), 0));
        add(paragraph(head.subtitle(), plain(TEXT + 1, SECOND), 1));
        PdfPTable stamp = table(new float[] {1});
        PdfPCell cell = cell("", plain(SMALL, SECOND));
        cell.setBackgroundColor(SHADE);
        cell.setPadding(6);
        Phrase lines = new Phrase(SMALL * LEADING);
        for (int i = 0; i < head.stamp().size(); i++) {
            lines.add(new Phrase(
                    (i == 0 ? "" : "\n") + shown(head.stamp().get(i)),
                    i == 0 ? bold(TEXT, BRAND) : plain(SMALL, SECOND)));
        }
        cell.setPhrase(lines);
        stamp.addCell(cell);
        stamp.setSpacingBefore(6);
        add(stamp);
    }

    /** Begins a part. */
    public Folio heading(String text) {
        Paragraph paragraph = paragraph(text, bold(HEADING, BRAND), 10);
        paragraph.setKeepTogether(true);
        paragraph.setSpacingAfter(2);
        // A heading alone at the foot of a page belongs to the next.
        if (writer.getVerticalPosition(false) < BOTTOM + 60) {
            document.newPage();
        }
        add(paragraph);
        return this;
    }

    /** A sentence that matters most: in a frame. */
    public Folio told(String text) {
        PdfPTable table = table(new float[] {1});
        PdfPCell cell = cell(text, plain(TEXT + 1, INK));
        cell.setBorder(Rectangle.LEFT);
        cell.setBorderColorLeft(BRAND);
        cell.setBorderWidthLeft(3);
        cell.setBackgroundColor(SHADE);
        cell.setPadding(7);
        cell.setPaddingLeft(10);
        table.addCell(cell);
        table.setSpacingBefore(4);
        add(table);
        return this;
    }

    /** A sentence. */
    public Folio sentence(String text) {
        add(paragraph(text, plain(TEXT, INK), 2));
        return this;
    }

    /** A remark in small letters. */
    public Folio remark(String text) {
        add(paragraph(text, plain(SMALL, SECOND), 2));
        return this;
    }

    /** Labels with their values, two in a row. */
    public Folio facts(List<Fact> facts) {
        PdfPTable table = table(new float[] {1.05f, 2.2f, 1.05f, 2.2f});
        for (Fact fact : facts) {
            PdfPCell label = cell(fact.label(), plain(SMALL, SECOND));
            PdfPCell value = cell(fact.value(), plain(TEXT, INK));
            for (PdfPCell each : List.of(label, value)) {
                each.setBorder(Rectangle.BOTTOM);
                each.setBorderColor(LINE);
                each.setBorderWidth(0.4f);
                each.setPaddingTop(2.5f);
                each.setPaddingBottom(3.5f);
                table.addCell(each);
            }
        }
        if (facts.size() % FACT_COLUMNS == 1) {
            PdfPCell rest = cell("", plain(SMALL, SECOND));
            rest.setColspan(2);
            table.addCell(rest);
        }
        table.setSpacingBefore(4);
        add(table);
        return this;
    }

    /** A table; its titles stand on each page that it reaches. */
    public Folio table(List<Column> columns, List<List<String>> rows) {
        return table(columns, rows, SMALL);
    }

    /** The same in the smallest letters: long rows of signs that few read. */
    public Folio fine(List<Column> columns, List<List<String>> rows) {
        return table(columns, rows, TINY);
    }

    private Folio table(List<Column> columns, List<List<String>> rows, float size) {
        float[] widths = new float[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).width();
        }
        PdfPTable table = table(widths);
        for (Column column : columns) {
            PdfPCell cell = cell(column.title(), bold(SMALL, INK));
            cell.setBackgroundColor(SHADE);
            lined(cell, column, table);
        }
        table.setHeaderRows(1);
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                lined(cell(row.get(i), plain(size, INK)), columns.get(i), table);
            }
        }
        table.setSpacingBefore(4);
        add(table);
        return this;
    }

    private static void lined(PdfPCell cell, Column column, PdfPTable table) {
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(LINE);
        cell.setBorderWidth(0.4f);
        cell.setPaddingTop(2);
        cell.setPaddingBottom(3);
        cell.setHorizontalAlignment(column.right() ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
        table.addCell(cell);
    }

    /** A drawing over the whole width. */
    public Folio drawing(float height, Drawing drawing) {
        float width = document.right() - document.left();
        PdfContentByte page = writer.getDirectContent();
        PdfTemplate part = page.createTemplate(width, height);
        drawing.on(new Canvas(part, face, width, height));
        try {
            Image image = Image.getInstance(part);
            image.setSpacingBefore(4);
            add(image);
        } catch (DocumentException e) {
            throw broken(e);
        }
        return this;
    }

    byte[] finish() {
        document.close();
        return out.toByteArray();
    }

    private static PdfPTable table(float[] widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSplitLate(false);
        return table;
    }

    private PdfPCell cell(String text, Font font) {
        PdfPCell cell = new PdfPCell(new Phrase(font.getSize() * LEADING, shown(text), font));
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setUseAscender(true);
        return cell;
    }

    private Paragraph paragraph(String text, Font font, float before) {
        Paragraph paragraph = new Paragraph(font.getSize() * LEADING, shown(text), font);
        paragraph.setSpacingBefore(before);
        return paragraph;
    }

    private Font plain(float size, Color color) {
        return new Font(face, size, Font.NORMAL, color);
    }

    private Font bold(float size, Color color) {
        return new Font(face, size, Font.BOLD, color);
    }

    private void add(Element element) {
        try {
            document.add(element);
        } catch (DocumentException e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(DocumentException e) {
        return new IllegalStateException("memory takes every document", e);
    }

    private String shown(String text) {
        return shown(face, text);
    }

    /** The text with a box for each sign that the font does not have. */
    static String shown(BaseFont face, String text) {
        return text.codePoints()
                .map(sign -> sign == '\n' || face.charExists(sign) ? sign : blank(sign) ? ' ' : EMPTY_BOX)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean blank(int sign) {
        return Character.isWhitespace(sign) || Character.isISOControl(sign) || sign == NO_BREAK_SPACE;
    }

    /** Number of the document and of the page, on each page. */
    private final class Foot extends PdfPageEventHelper {
        private static final float ROOM_FOR_COUNT = 30;

        private final String number;
        private final PrintWords words;
        private @Nullable PdfTemplate count;

        Foot(String number, PrintWords words) {
            this.number = number;
            this.words = words;
        }

        @Override
        public void onOpenDocument(PdfWriter open, Document of) {
            count = open.getDirectContent().createTemplate(ROOM_FOR_COUNT, SMALL * 2);
        }

        @Override
        public void onEndPage(PdfWriter open, Document of) {
            PdfContentByte page = open.getDirectContent();
            float at = BOTTOM - 22;
            page.setColorStroke(LINE);
            page.setLineWidth(0.5f);
            page.moveTo(of.left(), at + 12);
            page.lineTo(of.right(), at + 12);
            page.stroke();
            page.beginText();
            page.setFontAndSize(face, SMALL);
            page.setColorFill(SECOND);
            page.showTextAligned(
                    Element.ALIGN_LEFT, shown(words.text("foot.product") + " · " + number), of.left(), at, 0);
            String which = words.text("foot.page", "n", open.getPageNumber()) + " / ";
            page.showTextAligned(Element.ALIGN_RIGHT, which, of.right() - ROOM_FOR_COUNT / 2, at, 0);
            page.endText();
            PdfTemplate of2 = count;
            if (of2 != null) {
                page.addTemplate(of2, of.right() - ROOM_FOR_COUNT / 2, at);
            }
        }

        @Override
        public void onCloseDocument(PdfWriter closed, Document of) {
            PdfTemplate total = count;
            if (total != null) {
                total.beginText();
                total.setFontAndSize(face, SMALL);
                total.setColorFill(SECOND);
                // The writer has begun another page by then, which is none.
                total.showText(Integer.toString(closed.getPageNumber() - 1));
                total.endText();
            }
        }
    }
}
