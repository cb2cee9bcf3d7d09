package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.simulator.SimulatorOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of all terminals on one selector: opening, reading, writing what does not fit at once later, and faults on demand. */
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final byte[] BAD_FRAME = {
        0x7E, 0x02, 0x00, 0x00, 0x03, 0x13, 0x7D, 0x07, 0x11, 0x22, 0x33, 0x44, 0x55, 0x7E
    };

    private final SimulatorOptions options;
    private final SplittableRandom dice;
    private final InetSocketAddress gateway;
    private final Selector selector = Selector.open();
    private final ByteBuf out = Unpooled.directBuffer(8_192);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16_384);
    private final ByteBuf inBuf = Unpooled.wrappedBuffer(in);
    private int bindNext;

    Links(SimulatorOptions options, SplittableRandom dice) throws IOException {
        this.options = options;
        this.dice = dice;
        gateway = new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
    }

    Selector selector() {
        return selector;
    }

    /**
     * Starts to connect.
     *
     * @return whether it is connected already
     */
    boolean open(Line line) throws IOException {
        SocketChannel channel = SocketChannel.open();
        line.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (line.relay) {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(SimulatorOptions.RELAY_ADDRESS), 0));
        } else if (options.bindRange() > 0) {
            int host = bindNext++ % options.bindRange() + 1;
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), 0));
        }
        boolean done = channel.connect(gateway);
        line.key = channel.register(selector, done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, line);
        line.up = done;
        return done;
    }

    /** Sends a message, now or when the socket takes it. */
    void transmit(Terminal terminal, FrameWriter message) throws IOException {
        out.clear();
        message.end(out);
        if (dice.nextInt(1_000_000) < options.faults().badFramePpm()) {
            out.writeBytes(BAD_FRAME);
        }
        if (dice.nextInt(1_000_000) < options.faults().duplicatePpm()) {
            int length = out.readableBytes();
            out.writeBytes(out, 0, length);
            out.readerIndex(0);
        }
        Line line = terminal.line;
        SocketChannel channel = line.channel;
        if (channel == null) {
            return;
        }
        if (line.unsent != null) {
            line.unsent.writeBytes(out);
            return;
        }
        out.readBytes(channel, out.readableBytes());
        if (out.isReadable()) {
            line.unsent = Unpooled.copiedBuffer(out);
            SelectionKey key = line.key;
            if (key != null) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Sends more of what did not fit. */
    void flush(Line line, SelectionKey key, SocketChannel channel) throws IOException {
        ByteBuf unsent = line.unsent;
        if (unsent != null) {
            unsent.readBytes(channel, unsent.readableBytes());
            if (!unsent.isReadable()) {
                unsent.release();
                line.unsent = null;
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        }
    }

    /**
     * Reads what has come.
     *
     * @return a buffer that is good until the next call, empty if nothing came
     * @throws IOException if the platform closed the link
     */
    ByteBuf read(SocketChannel channel) throws IOException {
        in.clear();
        int n = channel.read(in);
        if (n < 0) {
            throw new IOException("the platform closed the link");
        }
        return inBuf.setIndex(0, n);
    }

    /** Closes a line, if it is open. */
    static void drop(Line line) {
        line.up = false;
        if (line.unsent != null) {
            line.unsent.release();
            line.unsent = null;
        }
        SocketChannel channel = line.channel;
        line.channel = null;
        line.key = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a lost line: {}", e.toString());
            }
        }
    }

    void close() throws IOException {
        selector.close();
        out.release();
    }
}
