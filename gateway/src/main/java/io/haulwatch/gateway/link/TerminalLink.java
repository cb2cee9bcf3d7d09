package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.command.CommandQueue;
import io.haulwatch.gateway.command.Commands;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.gateway.metrics.SignOn;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.TextMessage;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.model.report.LinkRecord;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Before authentication it takes 0x0100 and 0x0102 and nothing else; after it, it is bound to the phone that it
 * authenticated as, and a frame of any other phone is refused. Its thread is its event loop's.
 */
public final class TerminalLink extends ChannelInboundHandlerAdapter
        implements FrameConsumer, Commands.Terminal, CommandQueue.Wire {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalLink.class);
    private static final int ANSWER_BYTES = 48;
    private static final int GARBAGE_BEFORE_SIGN_ON = 10;

    private final Lane lane;
    private final SignOnDesk desk;
    private final GatewayCounters counters;
    private final FrameSplitter splitter = new FrameSplitter();

    private @Nullable ChannelHandlerContext context;
    private long openedNanos;
    private long lastFrameNanos;
    private boolean closing;

    private @Nullable TerminalAddress address;
    private @Nullable TerminalAddress otherForm;
    private String phone = "";
    private int vehicleId;
    private int generation;
    private long tookOverNanos = Long.MIN_VALUE;
    private int serial;
    private @Nullable RecentReports recent;
    private @Nullable CommandQueue commands;
    private @Nullable LongMessages longMessages;

    private int garbage;
    private int foreignFrames;
    private int failures;
    private boolean registering;

    private @Nullable ByteBuf answers;
    private boolean closeAfterAnswers;
    private CloseCause closeCause = CloseCause.PEER;
    private @Nullable ByteBuf held;
    private boolean aside;

    /** A connection of {@code lane}'s event loop. */
    public TerminalLink(Lane lane, SignOnDesk desk) {
        this.lane = lane;
        this.desk = desk;
        this.counters = lane.counters;
    }

    // ---- the channel

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        openedNanos = lane.readNanos();
        lastFrameNanos = openedNanos;
        counters.connections.increment();
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
        if (aside || (address != null && !lane.appendable())) {
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
        lastFrameNanos = lane.nowNanos();
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
        if (commands != null) {
            commands.close();
        }
        if (address != null && desk.sessions().lost(this)) {
            lane.linkRecord(vehicleId, LinkRecord.Event.OFFLINE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // The network's daily weather: counted with the close.
            close(CloseCause.PEER);
            return;
        }
        LOG.error(
                "connection closed after an error of ours: remote={} phone={}",
                ctx.channel().remoteAddress(),
                phone,
                cause);
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

    // ---- frames

    @Override
    public void frame(FrameView frame) {
        if (closing) {
            return;
        }
        counters.frames.increment();
        garbage = 0;
        lastFrameNanos = lane.nowNanos();
        if (frame.lengthMismatch()) {
            counters.lengthMismatches.increment();
        }
        TerminalAddress bound = address;
        if (bound == null) {
            desk.beforeSignOn(this, frame);
        } else if (!frame.isFrom(bound)) {
            counters.rejected.count(Rejection.FOREIGN_ID);
            answer(TerminalAddress.of(frame), frame, GeneralAnswer.FAILURE);
            if (++foreignFrames >= lane.limits.foreignFrames()) {
                closeAfterAnswers(CloseCause.FOREIGN_ID);
            }
        } else {
            desk.messages().take(this, frame, addressOf(frame, bound));
        }
    }

    @Override
    public void rejected(FrameStatus cause, int wireBytes) {
        counters.rejected.count(Rejection.of(cause));
        int most = address == null ? Math.min(GARBAGE_BEFORE_SIGN_ON, lane.limits.garbage()) : lane.limits.garbage();
        if (++garbage >= most) {
            close(CloseCause.GARBAGE);
        }
    }

    /** The form in which this frame's sender wants to be answered: terminals change between the 6-byte and the 10-byte phone. */
    private TerminalAddress addressOf(FrameView frame, TerminalAddress bound) {
        if (frame.is2019() == bound.is2019()) {
            return bound;
        }
        TerminalAddress other = otherForm;
        if (other == null) {
            other = TerminalAddress.of(frame);
            otherForm = other;
        }
        return other;
    }

    // ---- sign-on

    /** Binds the connection to a terminal that has just authenticated. */
    void bind(TerminalAddress as, Terminal terminal) {
        address = as;
        otherForm = null;
        phone = terminal.phone();
        vehicleId = terminal.vehicleId();
        generation = terminal.generation();
        failures = 0;
        if (recent == null) {
            recent = new RecentReports();
        }
    }

    /** Takes over from an older connection of the same terminal: the platform's serials go on. */
    void takeOver(TerminalLink old) {
        serial = old.serial;
        long now = lane.nowNanos();
        if (old.tookOverNanos != Long.MIN_VALUE && now - old.tookOverNanos < 60_000_000_000L) {
            counters.flipFlops.increment();
        }
        tookOverNanos = now;
        counters.takeOvers.increment();
        old.lane.loop.execute(() -> old.close(CloseCause.TAKEN_OVER));
    }

    /** Counts a failed attempt to sign on. @return whether it was one too many */
    boolean failed() {
        return ++failures >= lane.limits.signOnFailures();
    }

    /** A registration is on its way to the database. @return false if one was already */
    boolean beginRegistering() {
        boolean first = !registering;
        registering = true;
        return first;
    }

    void endRegistering() {
        registering = false;
    }

    boolean awaitsSignOn() {
        return address == null && !closing;
    }

    boolean signedOn() {
        return address != null;
    }

    boolean open() {
        return !closing;
    }

    void checkRegister(TerminalRegister register) {
        if (address == null || closing) {
            return;
        }
        Terminal terminal = register.byPhone(phone);
        if (terminal == null || terminal.generation() != generation || terminal.vehicleId() != vehicleId) {
            close(CloseCause.REGISTER_CHANGED);
        }
    }

    String phone() {
        return phone;
    }

    int vehicleId() {
        return vehicleId;
    }

    Lane lane() {
        return lane;
    }

    long openedNanos() {
        return openedNanos;
    }

    /** ns without a complete frame; 0 while we are the ones who do not read. */
    long idleSince(long now) {
        return aside || address == null ? 0 : now - lastFrameNanos;
    }

    /** The address that the connection came from. */
    String remoteAddress() {
        if (ctx().channel().remoteAddress() instanceof InetSocketAddress socket) {
            InetAddress from = socket.getAddress();
            return from == null ? socket.getHostString() : from.getHostAddress();
        }
        return "local";
    }

    // ---- answers

    /** Answers a frame with 0x8001. */
    void answer(TerminalAddress to, FrameView frame, int result) {
        answer(to, frame.serial(), frame.messageId(), result);
    }

    /** Answers with 0x8001; several answers leave in one write. */
    void answer(TerminalAddress to, int answeredSerial, int messageId, int result) {
        ByteBuf out = out();
        if (out == null) {
            return;
        }
        FrameWriter writer = lane.writer.begin(to, MessageId.PLATFORM_ANSWER, nextSerial());
        GeneralAnswer.put(writer, answeredSerial, messageId, result).end(out);
    }

    /** Starts another answer; end it into {@link #out}. */
    FrameWriter begin(TerminalAddress to, int messageId) {
        return lane.writer.begin(to, messageId, nextSerial());
    }

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

    /** A report is durable: acknowledges it. */
    void stored(TerminalAddress to, int messageId, int reportSerial, long hash) {
        if (recent != null) {
            recent.add(messageId, reportSerial, hash);
        }
        answer(to, reportSerial, messageId, GeneralAnswer.SUCCESS);
        if (longMessages != null) {
            longMessages.stored(this, to, reportSerial);
        }
    }

    /** The log refused a report: nothing is said, the terminal sends it again. */
    void refused(int reportSerial) {
        if (longMessages != null) {
            longMessages.refused(reportSerial);
        }
    }

    LongMessages longMessages() {
        LongMessages mine = longMessages;
        if (mine == null) {
            mine = new LongMessages(lane.limits.packageWait().toMillis(), counters);
            longMessages = mine;
        }
        return mine;
    }

    void askForMissingPackages(long nowMillis) {
        if (longMessages != null && address != null && !closing) {
            longMessages.askForMissing(this, address, nowMillis);
        }
    }

    @Nullable
    RecentReports recent() {
        return recent;
    }

    private ChannelHandlerContext ctx() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline: phone=" + phone);
        }
        return ctx;
    }

    // ---- commands

    @Override
    public void reloadCommands() {
        desk.commands().load(vehicleId, lane.loop, pending -> {
            if (closing || address == null) {
                return;
            }
            CommandQueue queue = commands;
            if (queue == null) {
                queue = new CommandQueue(
                        lane.limits.commandWait().toMillis(),
                        lane.limits.commandRetransmissions(),
                        this,
                        desk.commands().stepsOn(lane.loop));
                commands = queue;
            }
            queue.offer(pending, desk.nowMillis());
            lane.commanding(this);
        });
    }

    @Override
    public void reload() {
        reloadCommands();
    }

    @Override
    public int nextSerial() {
        int mine = serial;
        serial = (mine + 1) & 0xFFFF;
        return mine;
    }

    @Override
    public void send(TerminalCommand.Content content, int commandSerial) {
        TerminalAddress to = address;
        ByteBuf out = out();
        if (to == null || out == null) {
            return;
        }
        FrameWriter writer = lane.writer.begin(to, content.messageId(), commandSerial);
        switch (content) {
            case TerminalCommand.Text text ->
                new TextMessage(text.urgent(), text.display(), text.speak(), text.text()).put(to.is2019(), writer);
            case TerminalCommand.Locate unused -> {
                // An empty body.
            }
        }
        writer.end(out);
    }

    /** @return whether commands still need to be told of time */
    boolean tickCommands(long nowMillis) {
        if (closing || commands == null) {
            return false;
        }
        commands.tick(nowMillis);
        return !commands.idle();
    }

    /** 0x0001 of the terminal. */
    void answered(GeneralAnswer answer) {
        if (commands == null
                || !commands.answered(answer.serial(), answer.messageId(), answer.result(), lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
    }

    boolean awaitsPosition(int querySerial) {
        return commands != null && commands.awaitsPosition(querySerial);
    }

    void located(int querySerial, Fix fix) {
        if (commands != null) {
            commands.located(querySerial, fix, lane.nowMillis());
        }
    }

    /** Counts how a registration or an authentication of this connection ended. */
    void count(SignOn how) {
        counters.signOns.count(how);
    }
}
