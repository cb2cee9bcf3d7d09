package io.haulwatch.app.process;

import io.haulwatch.app.process.NoisyTrack.Fix;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A terminal of the 2013 edition with its own plain encoder, so that it shares no mistake with the product's. It sends a track in batches, some of
 * them on their way at once, and takes no answer but "0, success". One thread.
 */
final class ReplayTerminal implements AutoCloseable {
    private static final int REGISTER = 0x0100;
    private static final int AUTHENTICATE = 0x0102;
    private static final int LOCATION = 0x0200;
    private static final int BATCH = 0x0704;
    private static final int PLATFORM_ANSWER = 0x8001;
    private static final int REGISTER_ANSWER = 0x8100;

    private static final int IGNITION_AND_FIX = 0b11;
    private static final int BATCH_SIZE = 25;
    private static final int BACKFILL = 1;
    private static final int MOST_UNANSWERED = 8;
    private static final int ANSWER_MILLIS = 60_000;
    private static final Charset GBK = Charset.forName("GBK");
    private static final DateTimeFormatter CHINA_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] phone;
    private int serial;

    /** Connects, registers and authenticates. @param phone 12 digits */
    ReplayTerminal(int port, String phone, String deviceId, String plate) throws IOException {
        this.phone = HexFormat.of().parseHex(phone);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        ByteBuffer registration = ByteBuffer.allocate(128);
        registration.putShort((short) 11).putShort((short) 100);
        registration.put(padded("70111", 5)).put(padded("NOISE-1", 20)).put(padded(deviceId, 7));
        registration.put((byte) 2).put(plate.getBytes(GBK));
        int asked = send(REGISTER, registration);
        ByteBuffer answer = read(REGISTER_ANSWER);
        if ((answer.getShort() & 0xFFFF) != asked || answer.get() != 0) {
            throw new IOException("registration refused: phone=" + phone);
        }
        send(AUTHENTICATE, answer.compact());
        expectSuccess(AUTHENTICATE, asked + 1);
    }

    /** Sends all fixes in batches of 25 and waits until each is acknowledged. @return batches sent */
    int sendBatches(List<Fix> fixes) throws IOException {
        ArrayDeque<Integer> unanswered = new ArrayDeque<>();
        int batches = 0;
        for (int from = 0; from < fixes.size(); from += BATCH_SIZE) {
            List<Fix> batch = fixes.subList(from, Math.min(fixes.size(), from + BATCH_SIZE));
            ByteBuffer body = ByteBuffer.allocate(1_023);
            body.putShort((short) batch.size()).put((byte) BACKFILL);
            for (Fix fix : batch) {
                body.putShort((short) 28);
                putLocation(body, fix);
            }
            if (unanswered.size() == MOST_UNANSWERED) {
                expectSuccess(BATCH, unanswered.removeFirst());
            }
            unanswered.add(send(BATCH, body));
            batches++;
        }
        while (!unanswered.isEmpty()) {
            expectSuccess(BATCH, unanswered.removeFirst());
        }
        return batches;
    }

    /** Sends each fix as a report of its own and waits until it is acknowledged. */
    void sendReports(List<Fix> fixes) throws IOException {
        for (Fix fix : fixes) {
            ByteBuffer body = ByteBuffer.allocate(28);
            putLocation(body, fix);
            expectSuccess(LOCATION, send(LOCATION, body));
        }
    }

    private static void putLocation(ByteBuffer body, Fix fix) {
        body.putInt(0).putInt(IGNITION_AND_FIX);
        body.putInt(fix.latitudeMicrodeg()).putInt(fix.longitudeMicrodeg());
        body.putShort((short) 50).putShort((short) fix.speedDeciKmh()).putShort((short) 0);
        body.put(HexFormat.of().parseHex(CHINA_TIME.format(Instant.ofEpochMilli(fix.deviceMillis()))));
    }

    private static byte[] padded(String text, int width) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), width);
    }

    /** @param body filled up to its position */
    private int send(int messageId, ByteBuffer body) throws IOException {
        int mine = serial++ & 0xFFFF;
        body.flip();
        ByteBuffer frame = ByteBuffer.allocate(12 + body.remaining());
        frame.putShort((short) messageId).putShort((short) body.remaining());
        frame.put(phone).putShort((short) mine).put(body);
        ByteArrayOutputStream wire = new ByteArrayOutputStream(2 * frame.capacity());
        wire.write(0x7E);
        int xor = 0;
        for (byte b : frame.array()) {
            xor ^= b;
            escape(wire, b);
        }
        escape(wire, xor);
        wire.write(0x7E);
        socket.getOutputStream().write(wire.toByteArray());
        return mine;
    }

    private static void escape(ByteArrayOutputStream wire, int b) {
        switch (b & 0xFF) {
            case 0x7E -> wire.writeBytes(new byte[] {0x7D, 2});
            case 0x7D -> wire.writeBytes(new byte[] {0x7D, 1});
            default -> wire.write(b);
        }
    }

    private void expectSuccess(int messageId, int sent) throws IOException {
        ByteBuffer answer = read(PLATFORM_ANSWER);
        int answered = answer.getShort() & 0xFFFF;
        int id = answer.getShort() & 0xFFFF;
        int result = answer.get();
        if (answered != sent || id != messageId || result != 0) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "not acknowledged in order: sent %d as 0x%04x, answered %d as 0x%04x with %d",
                    sent,
                    messageId,
                    answered,
                    id,
                    result));
        }
    }

    /** Body of the next frame, which must have this id. */
    private ByteBuffer read(int messageId) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        boolean escaped = false;
        int b;
        while ((b = in.read()) != 0x7E || frame.size() == 0) {
            if (b < 0) {
                throw new IOException("the platform closed the connection");
            }
            if (escaped) {
                frame.write(b == 2 ? 0x7E : 0x7D);
                escaped = false;
            } else if (b == 0x7D) {
                escaped = true;
            } else if (b != 0x7E) {
                frame.write(b);
            }
        }
        int xor = 0;
        for (byte read : frame.toByteArray()) {
            xor ^= read;
        }
        if (xor != 0) {
            throw new IOException("the platform sent a frame whose checksum is wrong");
        }
        ByteBuffer bytes = ByteBuffer.wrap(frame.toByteArray(), 0, frame.size() - 1);
        int id = bytes.getShort() & 0xFFFF;
        if (id != messageId) {
            throw new IOException(String.format(Locale.ROOT, "0x%04x came where 0x%04x was due", id, messageId));
        }
        return bytes.position(12).slice();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
