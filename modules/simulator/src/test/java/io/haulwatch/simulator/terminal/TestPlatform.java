package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A platform of few words on a free port of loopback: signs everybody on, remembers what came, answers what it is told to. */
final class TestPlatform implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
    private final List<Socket> links = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private volatile Predicate<Received> acknowledges = message -> true;

    /** A message with positions as it came. @param millis device times in the order of the message */
    record Received(String phone, boolean batch, List<Long> millis) {}

    TestPlatform() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on answers only what passes; the rest is read and left without an answer. */
    void acknowledgeOnly(Predicate<Received> those) {
        acknowledges = those;
    }

    /** What came from one terminal so far, in order. */
    List<Received> from(String phone) {
        synchronized (received) {
            return received.stream()
                    .filter(message -> message.phone.equals(phone))
                    .toList();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket link = server.accept();
                synchronized (links) {
                    links.add(link);
                }
                Thread.ofVirtual().start(() -> serve(link));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket link) {
        FrameSplitter splitter = new FrameSplitter();
        Answers answers = new Answers(link);
        byte[] bytes = new byte[4_096];
        try (link) {
            InputStream in = link.getInputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                splitter.feed(Unpooled.wrappedBuffer(bytes, 0, n), answers);
            }
        } catch (IOException e) {
            // The terminal left, or the test is over.
        }
    }

    private final class Answers implements FrameConsumer {
        private final Socket link;
        private final FrameWriter writer = new FrameWriter();
        private final ByteBuf out = Unpooled.buffer(256);

        Answers(Socket link) {
            this.link = link;
        }

        @Override
        public void frame(FrameView view) {
            TerminalAddress address = TerminalAddress.of(view);
            switch (view.messageId()) {
                case MessageId.REGISTER -> {
                    writer.begin(address, MessageId.REGISTER_ANSWER, 0);
                    new RegistrationAnswer(view.serial(), RegistrationAnswer.SUCCESS, "code").put(writer);
                    send();
                }
                case MessageId.LOCATION, MessageId.LOCATION_BATCH -> {
                    Received message = read(view);
                    synchronized (received) {
                        received.add(message);
                    }
                    if (acknowledges.test(message)) {
                        acknowledge(view, address);
                    }
                }
                default -> acknowledge(view, address);
            }
        }

        private void acknowledge(FrameView view, TerminalAddress address) {
            writer.begin(address, MessageId.PLATFORM_ANSWER, 0);
            GeneralAnswer.put(writer, view.serial(), view.messageId(), GeneralAnswer.SUCCESS);
            send();
        }

        private void send() {
            out.clear();
            writer.end(out);
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            try {
                link.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The terminal left; reading ends too.
            }
        }

        @Override
        public void rejected(FrameStatus cause, int wireBytes) {
            throw new IllegalStateException("a terminal sent a bad frame: cause=" + cause);
        }
    }

    private static Received read(FrameView view) {
        List<Long> millis = new ArrayList<>();
        LocationView item = new LocationView();
        boolean batch = view.messageId() == MessageId.LOCATION_BATCH;
        if (batch) {
            LocationBatchView items = new LocationBatchView();
            items.wrap(view.bytes(), view.bodyOffset(), view.bodyLength());
            while (items.next(item)) {
                millis.add(item.deviceMillis());
            }
        } else if (item.wrap(view.bytes(), view.bodyOffset(), view.bodyLength())) {
            millis.add(item.deviceMillis());
        }
        return new Received(view.phone(), batch, List.copyOf(millis));
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (links) {
            for (Socket link : links) {
                link.close();
            }
        }
    }
}
