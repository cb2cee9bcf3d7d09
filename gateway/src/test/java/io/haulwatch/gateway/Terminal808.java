package io.haulwatch.gateway;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal of one edition on a plain blocking socket. */
final class Terminal808 implements AutoCloseable {
    static final long FIRST_TIME = 1_773_556_205_000L;

    final Edition edition;
    final String phone;
    final String plate;
    private final Socket socket;
    private final TerminalAddress address;
    private final FrameWriter writer = new FrameWriter();
    private final FrameSplitter splitter = new FrameSplitter();
    private final ArrayDeque<Answer> inbox = new ArrayDeque<>();
    private int serial;
    String code = "";

    /** A frame from the platform. @param code only in a successful 0x8100 */
    @SuppressWarnings("ArrayRecordComponent") // Looked at once by a test, never compared.
    record Answer(
            int messageId,
            int frameSerial,
            int serial,
            int answeredId,
            int result,
            String code,
            byte[] body,
            int packageNumber) {}

    Terminal808(InetSocketAddress gateway, Edition edition, String phone, String plate) throws IOException {
        this(gateway, edition, phone, plate, null);
    }

    /** @param from address to connect from, null for the system's choice */
    Terminal808(InetSocketAddress gateway, Edition edition, String phone, String plate, @Nullable InetAddress from)
            throws IOException {
        this.edition = edition;
        this.phone = phone;
        this.plate = plate;
        this.address = TerminalAddress.of(phone, edition == Edition.V2019);
        this.socket = new Socket();
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.setTcpNoDelay(true);
        socket.connect(gateway, 5_000);
        socket.setSoTimeout(20_000);
    }

    TerminalAddress address() {
        return address;
    }

    int nextSerial() {
        return serial++;
    }

    FrameWriter begin(int messageId, int frameSerial) {
        return writer.begin(address, messageId, frameSerial);
    }

    void send(FrameWriter message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        message.end(out);
        send(out);
    }

    void send(ByteBuf bytes) throws IOException {
        bytes.readBytes(socket.getOutputStream(), bytes.readableBytes());
        bytes.release();
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Answer register(String terminalId) throws IOException {
        int mine = nextSerial();
        Registration registration = new Registration(edition, 50, 100, "70111", "HW-T", terminalId, 2, plate);
        send(registration.put(begin(MessageId.REGISTER, mine)));
        Answer answer = next();
        if (answer.result() == 0) {
            code = answer.code();
        }
        return answer;
    }

    Answer authenticate(String withCode) throws IOException {
        send(new Authentication(edition, withCode, "860000000000017", "T1.0")
                .put(begin(MessageId.AUTHENTICATE, nextSerial())));
        return next();
    }

    /** Registers and authenticates. */
    Terminal808 signOn(String terminalId) throws IOException {
        Answer registered = register(terminalId);
        if (registered.result() != 0) {
            throw new IOException("registration refused: " + registered);
        }
        Answer answer = authenticate(code);
        if (answer.result() != 0) {
            throw new IOException("authentication refused: " + answer);
        }
        return this;
    }

    static LocationReport report(int n) {
        return new LocationReport(
                0,
                3,
                29_563_000 + n,
                106_551_000 + n,
                250,
                600,
                90,
                FIRST_TIME + n * 1000L,
                List.of(LocationReport.Item.mileage(123_456), LocationReport.Item.satellites(11)));
    }

    void sendReport(int n, int frameSerial) throws IOException {
        send(report(n).put(begin(MessageId.LOCATION, frameSerial)));
    }

    /** The next frame of the platform. */
    Answer next() throws IOException {
        Answer answer = nextOrEnd();
        if (answer == null) {
            throw new IOException("the platform closed the connection");
        }
        return answer;
    }

    /** The next frame of the platform, or null when it closed the connection. */
    @Nullable
    Answer nextOrEnd() throws IOException {
        byte[] chunk = new byte[4096];
        while (inbox.isEmpty()) {
            int n;
            try {
                n = socket.getInputStream().read(chunk);
            } catch (SocketTimeoutException e) {
                throw new IOException("no answer in time: phone=" + phone, e);
            } catch (IOException e) {
                return null;
            }
            if (n < 0) {
                return null;
            }
            feed(Unpooled.wrappedBuffer(chunk, 0, n));
        }
        return inbox.removeFirst();
    }

    /** Whether nothing comes for some milliseconds. */
    boolean silentFor(int millis) throws IOException {
        if (!inbox.isEmpty()) {
            return false;
        }
        socket.setSoTimeout(millis);
        try {
            int first = socket.getInputStream().read();
            if (first >= 0) {
                feed(Unpooled.wrappedBuffer(new byte[] {(byte) first}));
            }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(20_000);
        }
    }

    /** Reads until the platform closes. @return the frames before that */
    List<Answer> untilClosed() throws IOException {
        List<Answer> all = new java.util.ArrayList<>();
        Answer answer;
        while ((answer = nextOrEnd()) != null) {
            all.add(answer);
        }
        return all;
    }

    private void feed(ByteBuf bytes) {
        splitter.feed(bytes, new FrameConsumer() {
            @Override
            public void frame(FrameView frame) {
                inbox.add(read(frame));
            }

            @Override
            public void rejected(FrameStatus cause, int wireBytes) {
                throw new IllegalStateException("the platform sent a bad frame: cause=" + cause);
            }
        });
    }

    private static Answer read(FrameView frame) {
        byte[] body = frame.copyBody();
        return switch (frame.messageId()) {
            case MessageId.PLATFORM_ANSWER ->
                new Answer(
                        frame.messageId(),
                        frame.serial(),
                        BigEndian.u16(body, 0),
                        BigEndian.u16(body, 2),
                        body[4],
                        "",
                        body,
                        0);
            case MessageId.REGISTER_ANSWER ->
                new Answer(
                        frame.messageId(),
                        frame.serial(),
                        BigEndian.u16(body, 0),
                        MessageId.REGISTER,
                        body[2],
                        new String(body, 3, body.length - 3, StandardCharsets.US_ASCII),
                        body,
                        0);
            default ->
                new Answer(
                        frame.messageId(),
                        frame.serial(),
                        -1,
                        -1,
                        -1,
                        "",
                        body,
                        frame.subpackaged() ? frame.packageNumber() : 0);
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
