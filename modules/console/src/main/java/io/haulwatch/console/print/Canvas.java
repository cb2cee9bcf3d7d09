package io.haulwatch.console.print;

import java.awt.Color;
import java.util.List;
import org.openpdf.text.Element;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfTemplate;

/** A part of a page to draw on with lines; lengths in points, the origin below and to the left. */
public final class Canvas {
    public static final Color INK = Folio.INK;
    public static final Color SECOND = Folio.SECOND;
    public static final Color LINE = Folio.LINE;
    public static final Color SHADE = Folio.SHADE;
    public static final Color BRAND = Folio.BRAND;
    public static final Color ALARM = new Color(0xC6, 0x28, 0x28);
    public static final Color ALARM_SHADE = new Color(0xFD, 0xEC, 0xEA);

    private static final float LETTERS = 7;

    private final PdfTemplate page;
    private final BaseFont face;
    private final float width;
    private final float height;

    /** A point. */
    public record Spot(float x, float y) {}

    Canvas(PdfTemplate page, BaseFont face, float width, float height) {
        this.page = page;
        this.face = face;
        this.width = width;
        this.height = height;
    }

    public float width() {
        return width;
    }

    public float height() {
        return height;
    }

    public void line(float x1, float y1, float x2, float y2, Color color, float thick) {
        path(List.of(new Spot(x1, y1), new Spot(x2, y2)), color, thick);
    }

    /** A dashed line. */
    public void dashes(float x1, float y1, float x2, float y2, Color color, float thick) {
        page.setLineDash(3, 2, 0);
        line(x1, y1, x2, y2, color, thick);
        page.setLineDash(0);
    }

    /** A line over some points. */
    public void path(List<Spot> spots, Color color, float thick) {
        if (spots.isEmpty()) {
            return;
        }
        page.setColorStroke(color);
        page.setLineWidth(thick);
        page.setLineJoin(1);
        page.moveTo(spots.getFirst().x(), spots.getFirst().y());
        for (Spot spot : spots.subList(1, spots.size())) {
            page.lineTo(spot.x(), spot.y());
        }
        page.stroke();
    }

    public void box(float x, float y, float wide, float high, Color color) {
        page.setColorFill(color);
        page.rectangle(x, y, wide, high);
        page.fill();
    }

    public void dot(float x, float y, float radius, Color color) {
        page.setColorFill(color);
        page.circle(x, y, radius);
        page.fill();
    }

    public void left(String text, float x, float y, Color color) {
        write(text, Element.ALIGN_LEFT, x, y, color);
    }

    public void right(String text, float x, float y, Color color) {
        write(text, Element.ALIGN_RIGHT, x, y, color);
    }

    public void middle(String text, float x, float y, Color color) {
        write(text, Element.ALIGN_CENTER, x, y, color);
    }

    /** How wide a text will be. */
    public float wide(String text) {
        return face.getWidthPoint(Folio.shown(face, text), LETTERS);
    }

    private void write(String text, int align, float x, float y, Color color) {
        page.beginText();
        page.setFontAndSize(face, LETTERS);
        page.setColorFill(color);
        page.showTextAligned(align, Folio.shown(face, text), x, y, 0);
        page.endText();
    }
}
