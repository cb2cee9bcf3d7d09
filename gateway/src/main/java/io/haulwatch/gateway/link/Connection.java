package io.haulwatch.gateway.link;

import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket: cuts what comes into frames, gathers answers into one write, stands aside while the log is behind. Who speaks over it is for
 * its two kinds to say. Its thread is its event loop's.
 */
abstract sealed class Connection extends ChannelInboundHandlerAdapter implements FrameConsumer
        permits DirectConnection, RelayConnection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int ANSWER_BYTES = 48;

    final Lane lane;
    final SignOnDesk desk;
    final GatewayCounters counters;
    private final FrameSplitter splitter = new FrameSplitter();

    private @Nullable ChannelHandlerContext context;
    private long openedNanos;
    private boolean closing;
    private int garbage;

    private @Nullable ByteBuf answers;
    private boolean closeAfterAnswers;
    private CloseCause closeCause = CloseCause.PEER;
    private @Nullable ByteBuf held;
    private boolean aside;

    Connection(Lane lane, SignOnDesk desk) {
        this.lane = lane;
        this.desk = desk;
        this.counters = lane.counters;
    }

    // ---- what the two kinds differ in

    /** A good frame of a connection that is open. */
    abstract void take(FrameView frame);

    /** Whether what comes now may have to go to the log. */
    abstract boolean feedsLog();

    /** Whether it has to authenticate yet. */
    abstract boolean awaitsSignOn();

    /** Counts bytes that are no frame. */
    abstract void bad(Rejection cause);

    /** Bad frames in a row that are borne. */
    abstract int mostGarbage();

    /** Whether terminals speak over it through a platform of somebody else. */
    abstract boolean relays();

    /** The connection is gone, and with it every terminal that spoke over it. */
    abstract void gone();

    /** Those who speak over it, also those who have not signed on. */
    abstract void forEachLink(Consumer<TerminalLink> each);

    /** Ends one terminal's part of it, now. */
    abstract void end(TerminalLink link, CloseCause cause);

    /** Ends one terminal's part of it once what is answered so far has left. */
    abstract void endAfterAnswers(TerminalLink link, CloseCause cause);

    /** We have read nothing for a while, so nobody was silent. */
    abstract void readAgain(long nowNanos);

    // ---- the channel

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        openedNanos = lane.readNanos();
        counters.connections.increment();
        readAgain(openedNanos);
        lane.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        if (closing) {
            chunk.release();
            return;
        }
        lane.enterBurst();
        if (aside || (feedsLog() && !lane.appendable())) {
            hold(ctx, chunk);
            return;
        }
        try {
            splitter.feed(chunk, this);
        } finally {
            chunk.release();
        }
    }

    private void hold(ChannelHandlerContext ctx, ByteBuf chunk) {
        if (held == null) {
            held = chunk;
        } else {
            // At most what was already under way when reading was switched off.
            held.writeBytes(chunk);
            chunk.release();
        }
        if (!aside) {
            aside = true;
            ctx.channel().config().setAutoRead(false);
            lane.putAside(this);
        }
    }

    /** Takes what was held and reads on. */
    void resume() {
        aside = false;
        ByteBuf chunk = held;
        held = null;
        readAgain(lane.nowNanos());
        if (chunk != null) {
            try {
                if (!closing) {
                    splitter.feed(chunk, this);
                }
            } finally {
                chunk.release();
            }
        }
        if (!closing) {
            ctx().channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        counters.connections.decrement();
        counters.closed.count(closeCause);
        lane.closed(this);
        if (answers != null) {
            answers.release();
            answers = null;
        }
        if (held != null) {
            held.release();
            held = null;
        }
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // The network's daily weather: counted with the close.
            close(CloseCause.PEER);
            return;
        }
        LOG.error("connection closed after an error of ours: {}", this, cause);
        close(CloseCause.ERROR);
    }

    /** Closes now; answers not flushed are dropped. */
    void close(CloseCause cause) {
        if (closing) {
            return;
        }
        closing = true;
        closeCause = cause;
        var unused = ctx().close();
    }

    /** Closes once what is answered so far has left. */
    void closeAfterAnswers(CloseCause cause) {
        if (closing) {
            return;
        }
        closing = true;
        closeCause = cause;
        closeAfterAnswers = true;
        if (answers == null) {
            var unused = ctx().close();
        }
    }

    boolean open() {
        return !closing;
    }

    /** Why it was closed; {@link CloseCause#PEER} while it is open. */
    CloseCause closeCause() {
        return closeCause;
    }

    /** Whether we are the ones who do not read. */
    boolean aside() {
        return aside;
    }

    long openedNanos() {
        return openedNanos;
    }

    /** The address that the connection came from. */
    String remoteAddress() {
        if (ctx().channel().remoteAddress() instanceof InetSocketAddress socket) {
            InetAddress from = socket.getAddress();
            return from == null ? socket.getHostString() : from.getHostAddress();
        }
        return "local";
    }

    private ChannelHandlerContext ctx() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline: " + this);
        }
        return ctx;
    }

    // ---- frames

    @Override
    public void frame(FrameView frame) {
        if (closing) {
            return;
        }
        counters.frames.increment();
        garbage = 0;
        if (frame.lengthMismatch()) {
            counters.lengthMismatches.increment();
        }
        take(frame);
    }

    @Override
    public void rejected(FrameStatus cause, int wireBytes) {
        bad(Rejection.of(cause));
        if (++garbage >= mostGarbage()) {
            close(CloseCause.GARBAGE);
        }
    }

    // ---- answers

    /** Where answers are gathered until the burst ends; null if there is nobody to write to any more. */
    @Nullable
    ByteBuf out() {
        if (closing && !closeAfterAnswers) {
            return null;
        }
        ByteBuf out = answers;
        if (out == null) {
            out = ctx().alloc().directBuffer(ANSWER_BYTES);
            answers = out;
            lane.willAnswer(this);
        }
        return out;
    }

    void flushAnswers() {
        ByteBuf out = answers;
        if (out == null) {
            return;
        }
        answers = null;
        ChannelHandlerContext ctx = ctx();
        if (closeAfterAnswers) {
            var unused = ctx.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (closing) {
            out.release();
            return;
        }
        Channel channel = ctx.channel();
        var unused = ctx.writeAndFlush(out, channel.voidPromise());
        if (!channel.isWritable()) {
            close(CloseCause.SLOW_READER);
        }
    }
}
