package io.haulwatch.console.history;

import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.http.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * GPX 1.1, one track with a segment for each stretch without a gap. Speed (m/s) and course are in the track point extension that other
 * programs read; doubtful points are left out, because a line through a jump is no way.
 */
final class GpxFile implements DayFile {
    private static final String GPX = "http://www.topografix.com/GPX/1/1";
    private static final String EXTENSION = "http://www.garmin.com/xmlschemas/TrackPointExtension/v2";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    @Override
    public String contentType() {
        return "application/gpx+xml; charset=utf-8";
    }

    @Override
    public byte[] bytes(String plate, DayHistory history, List<AlarmRow> alarms, Stamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            write(xml, plate, history, stamp);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes everything: plate=" + plate, e);
        }
        return out.toByteArray();
    }

    private static void write(XMLStreamWriter xml, String plate, DayHistory history, Stamp stamp)
            throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("gpx");
        xml.writeDefaultNamespace(GPX);
        xml.writeNamespace("gpxtpx", EXTENSION);
        xml.writeNamespace("xsi", XSI);
        xml.writeAttribute("version", "1.1");
        xml.writeAttribute("creator", "Haulwatch");
        xml.writeAttribute(
                "xsi",
                XSI,
                "schemaLocation",
                GPX + " http://www.topografix.com/GPX/1/1/gpx.xsd " + EXTENSION
                        + " https://www8.garmin.com/xmlschemas/TrackPointExtensionv2.xsd");
        xml.writeStartElement("metadata");
        String name = plain(plate) + " " + history.day().date();
        text(xml, "name", name);
        text(xml, "desc", "WGS84. Asia/Shanghai day. Positions that were not believed are left out.");
        text(xml, "time", Json.time(history.day().from()));
        text(xml, "keywords", stamp.line());
        xml.writeEndElement();
        xml.writeStartElement("trk");
        text(xml, "name", name);
        for (List<DayHistory.Point> line : DayFile.lines(history.points())) {
            xml.writeStartElement("trkseg");
            for (DayHistory.Point point : line) {
                point(xml, point);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void point(XMLStreamWriter xml, DayHistory.Point point) throws XMLStreamException {
        xml.writeStartElement("trkpt");
        xml.writeAttribute("lat", degrees(point.latitudeMicrodeg()));
        xml.writeAttribute("lon", degrees(point.longitudeMicrodeg()));
        text(xml, "ele", Integer.toString(point.altitudeMetres()));
        text(xml, "time", Json.time(point.millis()));
        xml.writeStartElement("extensions");
        xml.writeStartElement("gpxtpx", "TrackPointExtension", EXTENSION);
        extension(xml, "speed", metresPerSecond(point.speedDeciKmh()));
        extension(xml, "course", Integer.toString(Math.floorMod(point.headingDeg(), 360)));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private static void extension(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement("gpxtpx", name, EXTENSION);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    static String degrees(int microdeg) {
        return BigDecimal.valueOf(microdeg, 6).toPlainString();
    }

    /** 0.1 km/h are 1/36 m/s. */
    private static String metresPerSecond(int deciKmh) {
        return BigDecimal.valueOf(deciKmh)
                .divide(BigDecimal.valueOf(36), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** A plate is what somebody once typed: what XML cannot hold is left out. */
    private static String plain(String text) {
        return text.codePoints()
                .filter(c -> c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
