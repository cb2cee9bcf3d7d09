package io.haulwatch.app.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A terminal of the 2013 edition, written from the standard alone and free of the product's codec: phone 13912345678, the one of the
 * standard's worked examples. One connection, one question at a time. Not thread-safe.
 */
public final class HandTerminal implements AutoCloseable {
    public static final String PHONE = "13912345678";
    public static final String PLATE = "粤B12345";

    /** The register file that knows it, as {@link #REGISTRATION} says who it is. */
    static final String REGISTER = """
            {"haulwatch_register": 1,
             "companies": [{"key": "c", "name": "断网试验物流有限公司", "adcode": "440300"}],
             "vehicles": [{"company": "c", "plate": "粤B12345", "plate_colour": 2, "vehicle_class": "GENERAL",
               "terminal": {"phone": "13912345678", "maker": "70111", "model": "JB-GW01", "device_id": "A00123Z",
                 "edition": 2013}}]}
            """;

    /** 0x0100 with serial 1: 2013 field widths, maker 70111, terminal A00123Z, yellow plate 粤B12345 in GBK. */
    public static final String REGISTRATION = """
            7E 01 00 00 2D 01 39 12 34 56 78 00 01 00 2C 01 2C 37 30 31 31 31 4A 42 2D 47 57 30 31 00 00 00
            00 00 00 00 00 00 00 00 00 00 41 30 30 31 32 33 5A 02 D4 C1 42 31 32 33 34 35 51 7E""";

    /** 0x0102 with serial 2 in the form of 2019, code AK7F3Q2026. */
    static final String AUTHENTICATION_2019 = """
            7E 01 02 40 2E 01 00 00 00 00 01 39 12 34 56 78 00 02 0A 41 4B 37 46 33 51 32 30 32 36 38 36 30
            30 30 30 30 30 30 30 30 30 30 31 37 47 57 31 2E 34 2E 32 00 00 00 00 00 00 00 00 00 00 00 00 00
            54 7E""";

    private static final byte[] BCD_PHONE = HexFormat.of().parseHex("0" + PHONE);
    private static final DateTimeFormatter CHINA_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));
    private static final int ANSWER_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private int serial = 100;

    /**
     * What came back, un-escaped.
     *
     * @param header from the message id to the serial
     */
    public record Answer(int messageId, ByteBuffer header, ByteBuffer body) {
        public int word(int offset) {
            return body.getShort(offset) & 0xFFFF;
        }

        /** The last byte of 0x8001; the third of 0x8100. */
        public int result() {
            return body.get(messageId == 0x8100 ? 2 : 4);
        }

        /** The code of a 0x8100 with result 0. */
        public String code() {
            return StandardCharsets.US_ASCII
                    .decode(body.slice(3, body.limit() - 3))
                    .toString();
        }
    }

    public HandTerminal(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Signs on with a code that the platform gave out. */
    public Answer authenticate(String code) throws IOException {
        return ask(0x0102, code.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a message and waits for its answer; the connection may have ended instead, then there is none. */
    public Answer ask(int messageId, byte[] body) throws IOException {
        send(messageId, body);
        return answer();
    }

    public Answer ask(String frame) throws IOException {
        send(frame);
        return answer();
    }

    /** The next frame, which has to come. */
    Answer answer() throws IOException {
        Answer answer = read(ANSWER_MILLIS);
        if (answer == null) {
            throw new IOException("the connection was closed instead of an answer");
        }
        return answer;
    }

    /** @return the message's serial */
    int send(int messageId, byte[] body) throws IOException {
        serial = serial % 60_000 + 1;
        ByteBuffer frame = ByteBuffer.allocate(12 + body.length + 1);
        frame.putShort((short) messageId)
                .putShort((short) body.length)
                .put(BCD_PHONE)
                .putShort((short) serial)
                .put(body);
        byte check = 0;
        for (int i = 0; i < frame.position(); i++) {
            check ^= frame.get(i);
        }
        frame.put(check);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.write(0x7E);
        for (byte each : frame.array()) {
            if (each == 0x7E || each == 0x7D) {
                wire.write(0x7D);
                wire.write(each == 0x7E ? 0x02 : 0x01);
            } else {
                wire.write(each);
            }
        }
        wire.write(0x7E);
        socket.getOutputStream().write(wire.toByteArray());
        return serial;
    }

    /** Sends a frame as it stands in the standard's examples. */
    void send(String frame) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(frame.replaceAll("\\s", "")));
    }

    /**
     * The next frame, or null when the platform has closed the connection.
     *
     * @throws SocketTimeoutException if neither comes
     */
    @Nullable
    Answer read(int waitMillis) throws IOException {
        socket.setSoTimeout(waitMillis);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            if (next != 0x7E) {
                bytes.write(next == 0x7D ? in.read() == 0x02 ? 0x7E : 0x7D : next);
            } else if (begun && bytes.size() > 0) {
                return parse(bytes.toByteArray());
            } else {
                begun = true;
            }
        }
    }

    private static Answer parse(byte[] frame) throws IOException {
        byte check = 0;
        for (byte each : frame) {
            check ^= each;
        }
        ByteBuffer view = ByteBuffer.wrap(frame);
        int length = view.getShort(2) & 0x3FF;
        int header = (view.getShort(2) & 0x4000) == 0 ? 12 : 17;
        if (check != 0 || frame.length != header + length + 1) {
            throw new IOException("not a frame: " + HexFormat.of().formatHex(frame));
        }
        return new Answer(view.getShort(0) & 0xFFFF, view.slice(0, header), view.slice(header, length));
    }

    /** A fix: ignition on, located, 11 satellites, due north. */
    public record Fix(long deviceSecond, int latitudeMicrodeg, int longitudeMicrodeg, int speedDeciKmh) {
        public byte[] body() {
            return ByteBuffer.allocate(31)
                    .putInt(0)
                    .putInt(0b11)
                    .putInt(latitudeMicrodeg)
                    .putInt(longitudeMicrodeg)
                    .putShort((short) 20)
                    .putShort((short) speedDeciKmh)
                    .putShort((short) 0)
                    .put(HexFormat.of().parseHex(time()))
                    .put(new byte[] {0x31, 1, 11})
                    .array();
        }

        /** The line that the terminal keeps of it once it is acknowledged. */
        String ledgerLine(int serial) {
            return PHONE + "," + serial + "," + time() + "," + latitudeMicrodeg + "," + longitudeMicrodeg + "\n";
        }

        private String time() {
            return CHINA_TIME.format(Instant.ofEpochSecond(deviceSecond));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
