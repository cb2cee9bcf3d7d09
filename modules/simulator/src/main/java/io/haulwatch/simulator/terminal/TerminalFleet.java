package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.simulator.terminal.Terminal.State;
import io.haulwatch.simulator.world.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All terminals of one process, on one selector and one thread. A terminal has one message in flight: what is not acknowledged is
 * sent again before anything newer, so the platform gets each truck's positions oldest first.
 */
public final class TerminalFleet implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalFleet.class);
    private static final DateTimeFormatter LEDGER_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));
    private static final long SECOND = 1_000_000_000L;
    private static final long ANSWER_TIMEOUT = 10 * SECOND;
    /** Twenty-two positions of 46 bytes fit into one package of 1,023; a second package would be acknowledged on its own. */
    private static final int BATCH = 22;
    /** From this far behind a truck uploads in batches at 30 s. */
    private static final long BEHIND_MILLIS = 120_000;

    private static final double CONNECTS_A_SECOND = 1_500;
    private static final double BATCHES_A_SECOND = 330;
    private static final int HEARTBEAT_SECONDS = 60;

    private final SimulatorOptions options;
    private final LongSupplier clock;
    private final Terminal[] terminals;
    private final Reports reports;
    private final Acknowledged acknowledged;
    private final Selector selector;
    private final FrameWriter frame = new FrameWriter();
    private final ByteBuf out = Unpooled.directBuffer(8_192);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16_384);
    private final ByteBuf inBuf = Unpooled.wrappedBuffer(in);
    private final SplittableRandom dice;
    private final InetSocketAddress gateway;
    private final @Nullable Writer ledger;
    private final GeneralAnswerReader answers = new GeneralAnswerReader();

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile int online;
    private volatile int behind;
    private volatile boolean stopping;
    private double connectTokens;
    private double batchTokens;
    private int bindNext;

    public TerminalFleet(SimulatorOptions options, World world, List<Identity> identities, LongSupplier clock)
            throws IOException {
        this.options = options;
        this.clock = clock;
        this.reports = new Reports(world);
        this.acknowledged = new Acknowledged(options.data());
        this.selector = Selector.open();
        this.dice = new SplittableRandom(options.seed());
        this.gateway = new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
        this.ledger = options.ledger() == null ? null : Files.newBufferedWriter(options.ledger());
        terminals = new Terminal[identities.size()];
        long now = clock.getAsLong();
        for (int i = 0; i < terminals.length; i++) {
            Terminal terminal = new Terminal(identities.get(i));
            terminals[i] = terminal;
            Acknowledged.Memory memory = acknowledged.of(terminal.identity.phone());
            terminal.code = memory.code();
            int truck = terminal.identity.truck();
            long since = truck < SimulatorOptions.TRUCKS_WITH_HISTORY
                    ? Math.max(memory.millis() + 1, now - options.history().toMillis())
                    : now;
            terminal.nextStep = Reports.stepAt(truck, since - 1) + 1;
        }
    }

    /** Terminals that are signed on. */
    public int online() {
        return online;
    }

    /** Terminals that still upload what they missed. */
    public int behind() {
        return behind;
    }

    /** Positions sent, repetitions included. */
    public long sent() {
        return sent.get();
    }

    /** Positions acknowledged with result 0. */
    public long acked() {
        return acked.get();
    }

    /** Registrations, sign-ons and messages that the platform refused. */
    public long refused() {
        return refused.get();
    }

    /** Makes {@link #run} return soon. */
    public void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        long nextSweep = last;
        long nextSave = last + 5 * SECOND;
        try {
            while (!stopping) {
                selector.select(this::ready, 5);
                long now = System.nanoTime();
                double passed = (now - last) / (double) SECOND;
                last = now;
                connectTokens = Math.min(CONNECTS_A_SECOND / 5, connectTokens + passed * CONNECTS_A_SECOND);
                batchTokens = Math.min(BATCHES_A_SECOND / 5, batchTokens + passed * BATCHES_A_SECOND);
                if (now >= nextSweep) {
                    nextSweep = now + SECOND / 20;
                    sweep(now);
                }
                if (now >= nextSave) {
                    nextSave = now + 5 * SECOND;
                    acknowledged.save();
                    if (ledger != null) {
                        ledger.flush();
                    }
                }
            }
        } catch (IOException e) {
            LOG.error("the fleet stops: {}", e.toString());
        } finally {
            close();
        }
    }

    private void close() {
        try {
            for (Terminal terminal : terminals) {
                drop(terminal);
            }
            acknowledged.save();
            if (ledger != null) {
                ledger.close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.warn("the fleet did not close cleanly: {}", e.toString());
        }
        out.release();
    }

    /** Looks at every terminal twenty times a second: connect, time out, report. */
    private void sweep(long now) {
        int up = 0;
        int late = 0;
        long millis = clock.getAsLong();
        for (Terminal terminal : terminals) {
            switch (terminal.state) {
                case DOWN -> {
                    if (now >= terminal.retryNanos && connectTokens >= 1) {
                        connectTokens--;
                        connect(terminal, now);
                    }
                }
                case CONNECTING, REGISTERING, AUTHENTICATING -> {
                    if (now - terminal.sentNanos > 3 * ANSWER_TIMEOUT) {
                        lost(terminal, now);
                    }
                }
                case ONLINE -> {
                    up++;
                    if (millis - Reports.millis(terminal.identity.truck(), terminal.nextStep) > BEHIND_MILLIS) {
                        late++;
                    }
                    try {
                        tend(terminal, now, millis);
                    } catch (IOException e) {
                        // The write found the link broken before the read did.
                        lost(terminal, now);
                    }
                }
            }
        }
        online = up;
        behind = late;
    }

    private void tend(Terminal terminal, long now, long millis) throws IOException {
        if (options.faults().lossesAnHour() > 0
                && dice.nextDouble() < options.faults().lossesAnHour() / 3_600 / 20) {
            lost(terminal, now);
        } else if (terminal.flightSerial >= 0) {
            if (now - terminal.sentNanos > ANSWER_TIMEOUT) {
                if (++terminal.tries > 3) {
                    lost(terminal, now);
                } else {
                    send(terminal, now);
                }
            }
        } else {
            report(terminal, now, millis);
        }
    }

    /** Sends what is due: a batch if the truck is behind, else one report; or a heartbeat if it was silent for long. */
    private void report(Terminal terminal, long now, long millis) throws IOException {
        int truck = terminal.identity.truck();
        long due = Reports.stepAt(truck, millis);
        if (terminal.nextStep > due) {
            if (now - terminal.sentNanos > HEARTBEAT_SECONDS * SECOND) {
                terminal.sentNanos = now;
                transmit(terminal, frame.begin(terminal.address, MessageId.HEARTBEAT, terminal.nextSerial()));
            }
            return;
        }
        boolean history = millis - Reports.millis(truck, terminal.nextStep) > BEHIND_MILLIS;
        boolean batches = history && terminal.identity.edition() != Edition.V2011;
        if (history && batchTokens < 1) {
            return;
        }
        long step = terminal.nextStep;
        while (step <= due && !reports.reports(truck, step, history)) {
            step++;
        }
        if (step > due) {
            terminal.nextStep = due + 1;
            return;
        }
        terminal.nextStep = step;
        terminal.flightFirst = step;
        terminal.flightLast = step;
        terminal.flightHistory = history;
        terminal.flightPositions = 1;
        if (batches) {
            long end = Reports.stepAt(truck, millis - BEHIND_MILLIS / 2);
            while (++step <= end && terminal.flightPositions < BATCH) {
                if (reports.reports(truck, step, true)) {
                    terminal.flightPositions++;
                    terminal.flightLast = step;
                }
            }
        }
        batchTokens -= history ? terminal.flightPositions / (double) BATCH : 0;
        terminal.tries = 0;
        terminal.flightSerial = terminal.nextSerial();
        send(terminal, now);
    }

    /** Sends the message in flight, for the first time or again: same serial, same bytes. */
    private void send(Terminal terminal, long now) throws IOException {
        int truck = terminal.identity.truck();
        if (terminal.flightPositions == 1) {
            frame.begin(terminal.address, MessageId.LOCATION, terminal.flightSerial);
            reports.reports(truck, terminal.flightFirst, terminal.flightHistory);
            reports.put(frame, truck, terminal.flightFirst);
        } else {
            frame.begin(terminal.address, MessageId.LOCATION_BATCH, terminal.flightSerial);
            frame.putU16(terminal.flightPositions).putU8(LocationBatchView.BLIND_AREA);
            for (long step = terminal.flightFirst; step <= terminal.flightLast; step++) {
                if (reports.reports(truck, step, true)) {
                    int mark = frame.size();
                    frame.putU16(0);
                    reports.put(frame, truck, step);
                    frame.setU16(mark, frame.size() - mark - 2);
                }
            }
        }
        terminal.sentNanos = now;
        sent.addAndGet(terminal.flightPositions);
        transmit(terminal, frame);
    }

    private void connect(Terminal terminal, long now) {
        terminal.sentNanos = now;
        terminal.tries = 0;
        terminal.flightSerial = -1;
        try {
            SocketChannel channel = SocketChannel.open();
            terminal.channel = channel;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (options.bindRange() > 0) {
                int host = bindNext++ % options.bindRange() + 1;
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), 0));
            }
            terminal.state = State.CONNECTING;
            boolean done = channel.connect(gateway);
            terminal.key = channel.register(selector, done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, terminal);
            if (done) {
                signOn(terminal);
            }
        } catch (IOException e) {
            lost(terminal, now);
        }
    }

    private void signOn(Terminal terminal) throws IOException {
        SelectionKey key = terminal.key;
        if (key != null) {
            key.interestOps(SelectionKey.OP_READ);
        }
        if (terminal.code.isEmpty()) {
            terminal.state = State.REGISTERING;
            Identity identity = terminal.identity;
            int region = Integer.parseInt(identity.adcode());
            frame.begin(terminal.address, MessageId.REGISTER, terminal.nextSerial());
            new Registration(
                            identity.edition(),
                            region / 10_000,
                            region % 10_000,
                            Identity.MAKER,
                            Identity.MODEL,
                            identity.deviceId(),
                            identity.plateColour(),
                            identity.plate())
                    .put(frame);
        } else {
            terminal.state = State.AUTHENTICATING;
            frame.begin(terminal.address, MessageId.AUTHENTICATE, terminal.nextSerial());
            new Authentication(terminal.identity.edition(), terminal.code, "860808000000000", "SIM1.0").put(frame);
        }
        transmit(terminal, frame);
    }

    private void transmit(Terminal terminal, FrameWriter message) throws IOException {
        out.clear();
        message.end(out);
        if (dice.nextInt(1_000_000) < options.faults().badFramePpm()) {
            out.writeBytes(
                    new byte[] {0x7E, 0x02, 0x00, 0x00, 0x03, 0x13, 0x7D, 0x07, 0x11, 0x22, 0x33, 0x44, 0x55, 0x7E});
        }
        if (dice.nextInt(1_000_000) < options.faults().duplicatePpm()) {
            int length = out.readableBytes();
            out.writeBytes(out, 0, length);
            out.readerIndex(0);
        }
        SocketChannel channel = terminal.channel;
        if (channel == null) {
            return;
        }
        if (terminal.unsent != null) {
            terminal.unsent.writeBytes(out);
            return;
        }
        out.readBytes(channel, out.readableBytes());
        if (out.isReadable()) {
            terminal.unsent = Unpooled.copiedBuffer(out);
            SelectionKey key = terminal.key;
            if (key != null) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        }
    }

    private void ready(SelectionKey key) {
        Terminal terminal = (Terminal) key.attachment();
        long now = System.nanoTime();
        try {
            SocketChannel channel = terminal.channel;
            if (channel == null || !key.isValid()) {
                return;
            }
            if (key.isConnectable() && channel.finishConnect()) {
                signOn(terminal);
            }
            if (key.isValid() && key.isWritable()) {
                ByteBuf unsent = terminal.unsent;
                if (unsent != null) {
                    unsent.readBytes(channel, unsent.readableBytes());
                    if (!unsent.isReadable()) {
                        unsent.release();
                        terminal.unsent = null;
                        key.interestOpsAnd(~SelectionKey.OP_WRITE);
                    }
                }
            }
            if (key.isValid() && key.isReadable()) {
                in.clear();
                int n = channel.read(in);
                if (n < 0) {
                    lost(terminal, now);
                    return;
                }
                terminal.lastHeardNanos = now;
                inBuf.setIndex(0, n);
                answers.terminal = terminal;
                answers.now = now;
                terminal.splitter.feed(inBuf, answers);
                if (answers.failure != null) {
                    IOException failure = answers.failure;
                    answers.failure = null;
                    throw failure;
                }
            }
        } catch (IOException e) {
            lost(terminal, now);
        }
    }

    /** A link was lost: try again later, longer each time and not all at once. */
    private void lost(Terminal terminal, long now) {
        drop(terminal);
        terminal.failures = Math.min(6, terminal.failures + 1);
        terminal.retryNanos = now + (long) ((1L << terminal.failures) * 0.25 * SECOND * (0.5 + dice.nextDouble()));
    }

    private static void drop(Terminal terminal) {
        terminal.state = State.DOWN;
        terminal.flightSerial = -1;
        if (terminal.unsent != null) {
            terminal.unsent.release();
            terminal.unsent = null;
        }
        SocketChannel channel = terminal.channel;
        terminal.channel = null;
        terminal.key = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a lost link: {}", e.toString());
            }
        }
    }

    private void signedOn(Terminal terminal) {
        terminal.state = State.ONLINE;
        terminal.failures = 0;
        terminal.flightSerial = -1;
    }

    private void forgetCode(Terminal terminal, long now) {
        refused.incrementAndGet();
        terminal.code = "";
        acknowledged.remember(terminal.identity.phone(), "", lastAckedMillis(terminal));
        lost(terminal, now);
    }

    private static long lastAckedMillis(Terminal terminal) {
        return Reports.millis(terminal.identity.truck(), terminal.nextStep - 1);
    }

    private void positionsAcked(Terminal terminal) throws IOException {
        acked.addAndGet(terminal.flightPositions);
        int truck = terminal.identity.truck();
        if (ledger != null) {
            for (long step = terminal.flightFirst; step <= terminal.flightLast; step++) {
                if (reports.reports(truck, step, terminal.flightHistory)) {
                    ledger.append(terminal.identity.phone())
                            .append(',')
                            .append(Integer.toString(terminal.flightSerial))
                            .append(',')
                            .append(LEDGER_TIME.format(Instant.ofEpochMilli(Reports.millis(truck, step))))
                            .append(',')
                            .append(Integer.toString(reports.latitudeMicrodeg()))
                            .append(',')
                            .append(Integer.toString(reports.longitudeMicrodeg()))
                            .append('\n');
                }
            }
        }
        terminal.nextStep = terminal.flightLast + 1;
        terminal.flightSerial = -1;
        acknowledged.remember(terminal.identity.phone(), terminal.code, lastAckedMillis(terminal));
    }

    /** Takes what the platform says to one terminal. */
    private final class GeneralAnswerReader implements FrameConsumer {
        @SuppressWarnings("NullAway.Init") // set before each feed
        private Terminal terminal;

        private long now;
        private @Nullable IOException failure;

        @Override
        public void frame(FrameView view) {
            try {
                take(view);
            } catch (IOException e) {
                failure = e;
            }
        }

        private void take(FrameView view) throws IOException {
            switch (view.messageId()) {
                case MessageId.REGISTER_ANSWER -> {
                    RegistrationAnswer answer =
                            RegistrationAnswer.read(view.bytes(), view.bodyOffset(), view.bodyLength());
                    if (answer != null && answer.result() == RegistrationAnswer.SUCCESS) {
                        terminal.code = answer.code();
                        acknowledged.remember(terminal.identity.phone(), answer.code(), lastAckedMillis(terminal));
                        signOn(terminal);
                    } else {
                        refused.incrementAndGet();
                        lost(terminal, now);
                    }
                }
                case MessageId.PLATFORM_ANSWER -> {
                    GeneralAnswer answer = GeneralAnswer.read(view.bytes(), view.bodyOffset(), view.bodyLength());
                    if (answer == null) {
                        return;
                    }
                    if (answer.messageId() == MessageId.AUTHENTICATE) {
                        if (answer.result() == GeneralAnswer.SUCCESS) {
                            signedOn(terminal);
                        } else {
                            forgetCode(terminal, now);
                        }
                    } else if (answer.serial() == terminal.flightSerial
                            && (answer.messageId() == MessageId.LOCATION
                                    || answer.messageId() == MessageId.LOCATION_BATCH)) {
                        if (answer.result() == GeneralAnswer.SUCCESS) {
                            positionsAcked(terminal);
                        } else {
                            refused.incrementAndGet();
                            lost(terminal, now);
                        }
                    }
                }
                case MessageId.TEXT -> answer(view, GeneralAnswer.SUCCESS);
                case MessageId.QUERY_LOCATION -> {
                    int truck = terminal.identity.truck();
                    long step = Reports.stepAt(truck, clock.getAsLong());
                    reports.reports(truck, step, false);
                    frame.begin(terminal.address, MessageId.LOCATION_ANSWER, terminal.nextSerial());
                    frame.putU16(view.serial());
                    reports.put(frame, truck, step);
                    transmit(terminal, frame);
                }
                default -> {
                    if ((view.messageId() & 0x8000) != 0) {
                        answer(view, GeneralAnswer.UNSUPPORTED);
                    }
                }
            }
        }

        private void answer(FrameView view, int result) throws IOException {
            frame.begin(terminal.address, MessageId.TERMINAL_ANSWER, terminal.nextSerial());
            GeneralAnswer.put(frame, view.serial(), view.messageId(), result);
            transmit(terminal, frame);
        }

        @Override
        public void rejected(FrameStatus cause, int wireBytes) {
            LOG.warn("the platform sent a bad frame: cause={} bytes={}", cause, wireBytes);
        }
    }
}
