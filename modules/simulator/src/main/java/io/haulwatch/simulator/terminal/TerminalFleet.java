package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.area.AreaQuery;
import io.haulwatch.jt808.control.VehicleControl;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.media.MediaHead;
import io.haulwatch.jt808.media.Shoot;
import io.haulwatch.jt808.media.ShootAnswer;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.parameter.ParameterAnswer;
import io.haulwatch.jt808.parameter.ParameterQuery;
import io.haulwatch.jt808.parameter.SetParameters;
import io.haulwatch.jt808.passage.RecorderCommand;
import io.haulwatch.jt808.terminal.TerminalControl;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.simulator.terminal.Terminal.State;
import io.haulwatch.simulator.world.World;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final long SECOND = 1_000_000_000L;
    private static final long ANSWER_TIMEOUT = 10 * SECOND;
    private static final double CONNECTS_A_SECOND = 1_500;
    private static final int HEARTBEAT_SECONDS = 60;
    private static final int CAMERAS = 2;
    private static final int STATUS_LOCKED = 1 << 12;
    private static final int MOST_PICTURES = 3;

    private final SimulatorOptions options;
    private final LongSupplier clock;
    private final Terminal[] terminals;
    private final Reports reports;
    private final Acknowledged acknowledged;
    private final Links links;
    private final Backlog backlog;
    private final AckLedger ledger;
    private final Settings settings = new Settings();
    private final Camera camera = new Camera();
    private final Pace connects = new Pace(CONNECTS_A_SECOND);
    private final FrameWriter frame = new FrameWriter();
    private final SplittableRandom dice;
    private final GeneralAnswerReader answers = new GeneralAnswerReader();

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile int online;
    private volatile int behind;
    private volatile boolean stopping;

    public TerminalFleet(SimulatorOptions options, World world, List<Identity> identities, LongSupplier clock)
            throws IOException {
        this.options = options;
        this.clock = clock;
        this.reports = new Reports(world, options.parked());
        this.acknowledged = new Acknowledged(options.data());
        this.dice = new SplittableRandom(options.seed());
        this.links = new Links(options, dice);
        this.backlog = new Backlog(reports);
        this.ledger = new AckLedger(options.ledger(), reports);
        terminals = new Terminal[identities.size()];
        long now = clock.getAsLong();
        Line[] relays = new Line[options.relays()];
        Arrays.setAll(relays, i -> new Line(true));
        for (int i = 0; i < terminals.length; i++) {
            Line line = relays.length == 0 ? new Line(false) : relays[i % relays.length];
            Terminal terminal = new Terminal(identities.get(i), line);
            line.terminals.put(terminal.identity.phone(), terminal);
            terminals[i] = terminal;
            Acknowledged.Memory memory = acknowledged.of(terminal.identity.phone());
            terminal.code = memory.code();
            terminal.nextStep = Backlog.firstStep(terminal.identity.truck(), memory.millis(), now, options.history());
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
        links.selector().wakeup();
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        long nextSweep = last;
        long nextSave = last + 5 * SECOND;
        try {
            while (!stopping) {
                links.selector().select(this::ready, 5);
                long now = System.nanoTime();
                connects.pass(now - last);
                backlog.pass(now - last);
                last = now;
                if (now >= nextSweep) {
                    nextSweep = now + SECOND / 20;
                    sweep(now);
                }
                if (now >= nextSave) {
                    nextSave = now + 5 * SECOND;
                    acknowledged.save();
                    ledger.flush();
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
                Links.drop(terminal.line);
            }
            acknowledged.save();
            ledger.close();
            links.close();
        } catch (IOException e) {
            LOG.warn("the fleet did not close cleanly: {}", e.toString());
        }
    }

    /** Looks at every terminal twenty times a second: connect, time out, report. */
    private void sweep(long now) {
        int up = 0;
        int late = 0;
        long millis = clock.getAsLong();
        for (Terminal terminal : terminals) {
            switch (terminal.state) {
                case DOWN -> {
                    if (now >= terminal.retryNanos && connects.allows()) {
                        connects.spend(1);
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
                    if (backlog.isBehind(terminal, millis)) {
                        late++;
                    }
                    try {
                        tend(terminal, now, millis);
                    } catch (IOException e) {
                        // The write found the line broken before the read did.
                        lost(terminal.line, now);
                    }
                }
            }
        }
        online = up;
        behind = late;
    }

    private void tend(Terminal terminal, long now, long millis) throws IOException {
        if (terminal.restarts) {
            terminal.restarts = false;
            lost(terminal, now);
        } else if (options.faults().lossesAnHour() > 0
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
        if (!terminal.cardTold && DriverCard.hasReader(terminal.identity) && !backlog.isBehind(terminal, millis)) {
            terminal.cardTold = true;
            frame.begin(terminal.address, MessageId.DRIVER, terminal.nextSerial());
            links.transmit(terminal, DriverCard.put(terminal.identity, millis, frame));
        }
        if (backlog.isEmpty(terminal, millis)) {
            if (now - terminal.sentNanos > HEARTBEAT_SECONDS * SECOND) {
                terminal.sentNanos = now;
                links.transmit(terminal, frame.begin(terminal.address, MessageId.HEARTBEAT, terminal.nextSerial()));
            }
        } else if (backlog.choose(terminal, millis)) {
            terminal.tries = 0;
            terminal.flightSerial = terminal.nextSerial();
            send(terminal, now);
        }
    }

    /** Sends the message in flight, for the first time or again: same serial, same bytes. */
    private void send(Terminal terminal, long now) throws IOException {
        backlog.put(terminal, frame);
        terminal.sentNanos = now;
        sent.addAndGet(terminal.flightPositions);
        links.transmit(terminal, frame);
    }

    private void connect(Terminal terminal, long now) {
        terminal.sentNanos = now;
        terminal.tries = 0;
        terminal.flightSerial = -1;
        try {
            Line line = terminal.line;
            terminal.state = State.CONNECTING;
            if (line.up || (line.channel == null && links.open(line))) {
                signOn(terminal);
            }
        } catch (IOException e) {
            lost(terminal.line, now);
        }
    }

    private void signOn(Terminal terminal) throws IOException {
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
        links.transmit(terminal, frame);
    }

    private void ready(SelectionKey key) {
        Line line = (Line) key.attachment();
        long now = System.nanoTime();
        try {
            SocketChannel channel = line.channel;
            if (channel == null || !key.isValid()) {
                return;
            }
            if (key.isConnectable() && channel.finishConnect()) {
                line.up = true;
                key.interestOps(SelectionKey.OP_READ);
                for (Terminal terminal : line.terminals.values()) {
                    if (terminal.state == State.CONNECTING) {
                        signOn(terminal);
                    }
                }
            }
            if (key.isValid() && key.isWritable()) {
                links.flush(line, key, channel);
            }
            if (key.isValid() && key.isReadable()) {
                ByteBuf came = links.read(channel);
                answers.line = line;
                answers.now = now;
                line.splitter.feed(came, answers);
                if (answers.failure != null) {
                    IOException failure = answers.failure;
                    answers.failure = null;
                    throw failure;
                }
            }
        } catch (IOException e) {
            lost(line, now);
        }
    }

    /** A line was lost, and with it everybody who spoke over it. */
    private void lost(Line line, long now) {
        Links.drop(line);
        for (Terminal terminal : line.terminals.values()) {
            if (terminal.state != State.DOWN) {
                down(terminal, now);
            }
        }
    }

    /** A terminal has to sign on again; its own line is closed, a relay's goes on. */
    private void lost(Terminal terminal, long now) {
        if (!terminal.line.relay) {
            Links.drop(terminal.line);
        }
        down(terminal, now);
    }

    /** Tries again later, longer each time and not all at once. */
    private void down(Terminal terminal, long now) {
        terminal.state = State.DOWN;
        terminal.cardTold = false;
        terminal.flightSerial = -1;
        terminal.failures = Math.min(6, terminal.failures + 1);
        terminal.retryNanos = now + (long) ((1L << terminal.failures) * 0.25 * SECOND * (0.5 + dice.nextDouble()));
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
        ledger.append(terminal);
        terminal.nextStep = terminal.flightLast + 1;
        terminal.flightSerial = -1;
        acknowledged.remember(terminal.identity.phone(), terminal.code, lastAckedMillis(terminal));
    }

    /** Takes what the platform says to one terminal. */
    private final class GeneralAnswerReader implements FrameConsumer {
        @SuppressWarnings("NullAway.Init") // set before each feed
        private Line line;

        @SuppressWarnings("NullAway.Init") // set before each frame
        private Terminal terminal;

        private long now;
        private @Nullable IOException failure;

        @Override
        public void frame(FrameView view) {
            Terminal named = line.terminals.get(view.phone());
            if (named == null) {
                LOG.warn("the platform answers somebody else: phone={}", view.phone());
                return;
            }
            terminal = named;
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
                case MessageId.VEHICLE_CONTROL -> doors(view);
                case MessageId.SHOOT -> shoot(view);
                case MessageId.COLLECT_RECORDER -> recorder(view);
                case MessageId.TRACKING, MessageId.CONFIRM_ALARM, MessageId.CALL_BACK ->
                    answer(view, GeneralAnswer.SUCCESS);
                case MessageId.QUERY_AREAS -> tellAreas(view);
                case MessageId.QUERY_PARAMETERS -> tellParameters(view, settings.all(terminal));
                case MessageId.QUERY_GIVEN_PARAMETERS -> tellSome(view);
                case MessageId.SET_PARAMETERS -> {
                    SetParameters wanted = SetParameters.read(body(view));
                    answer(view, wanted == null ? GeneralAnswer.WRONG : settings.set(terminal, wanted.parameters()));
                }
                case MessageId.CONTROL -> {
                    TerminalControl control = TerminalControl.read(body(view));
                    boolean restart = control != null && control.command() == TerminalControl.RESET;
                    terminal.restarts = restart;
                    answer(view, restart ? GeneralAnswer.SUCCESS : GeneralAnswer.UNSUPPORTED);
                }
                case MessageId.QUERY_LOCATION -> {
                    int truck = terminal.identity.truck();
                    long step = Reports.stepAt(truck, clock.getAsLong());
                    reports.reports(truck, step, false);
                    frame.begin(terminal.address, MessageId.LOCATION_ANSWER, terminal.nextSerial());
                    frame.putU16(view.serial());
                    reports.put(frame, truck, step);
                    links.transmit(terminal, frame);
                }
                default -> {
                    int taken = terminal.areas.take(terminal.identity.edition(), view, now);
                    if (taken >= 0) {
                        answer(view, taken);
                    } else if (taken == Areas.NONE && (view.messageId() & 0x8000) != 0) {
                        answer(view, GeneralAnswer.UNSUPPORTED);
                    }
                }
            }
        }

        /** Confirms at once and says a moment later how the doors are. */
        private void doors(FrameView view) throws IOException {
            Edition edition = terminal.identity.edition();
            boolean lock = VehicleControl.doors(edition, true, false).equals(VehicleControl.read(edition, body(view)));
            answer(view, GeneralAnswer.SUCCESS);
            int truck = terminal.identity.truck();
            long step = Reports.stepAt(truck, clock.getAsLong());
            reports.reports(truck, step, false);
            frame.begin(terminal.address, MessageId.VEHICLE_CONTROL_ANSWER, terminal.nextSerial());
            frame.putU16(view.serial());
            reports.putBase(frame, truck, step, lock ? STATUS_LOCKED : 0);
            links.transmit(terminal, frame);
        }

        private void recorder(FrameView view) throws IOException {
            RecorderCommand wanted = RecorderCommand.read(body(view));
            if (wanted == null) {
                answer(view, GeneralAnswer.WRONG);
                return;
            }
            frame.begin(terminal.address, MessageId.RECORDER_DATA, terminal.nextSerial());
            RecorderBlock.answer(view.serial(), wanted.command(), terminal.identity)
                    .put(terminal.identity.edition(), frame);
            links.transmit(terminal, frame);
        }

        /** Says what it takes, as its edition does, and sends it. */
        private void shoot(FrameView view) throws IOException {
            Shoot wanted = Shoot.read(body(view));
            if (wanted == null || wanted.command() == Shoot.STOP || wanted.command() == Shoot.VIDEO) {
                answer(view, GeneralAnswer.UNSUPPORTED);
                return;
            }
            boolean seen = wanted.channel() <= CAMERAS;
            List<Long> taken = new ArrayList<>();
            for (int i = 0; seen && i < Math.min(wanted.command(), MOST_PICTURES); i++) {
                taken.add(++terminal.mediaId);
            }
            if (terminal.identity.edition() == Edition.V2011) {
                answer(view, seen ? GeneralAnswer.SUCCESS : GeneralAnswer.FAILURE);
            } else {
                frame.begin(terminal.address, MessageId.SHOOT_ANSWER, terminal.nextSerial());
                new ShootAnswer(view.serial(), seen ? 0 : 2, taken).put(terminal.identity.edition(), frame);
                links.transmit(terminal, frame);
            }
            for (long mediaId : taken) {
                send(new MediaHead(mediaId, 0, 0, 0, wanted.channel()));
            }
        }

        private void send(MediaHead head) throws IOException {
            int truck = terminal.identity.truck();
            Edition edition = terminal.identity.edition();
            long step = Reports.stepAt(truck, clock.getAsLong());
            byte[] picture = camera.picture(truck, clock.getAsLong() + head.mediaId());
            int length = MediaHead.LENGTH + (edition == Edition.V2011 ? 0 : LocationView.BASE) + picture.length;
            int packages = (length + FrameWriter.LONGEST_BODY - 1) / FrameWriter.LONGEST_BODY;
            frame.begin(terminal.address, MessageId.MEDIA_DATA, terminal.nextSerials(packages));
            head.put(edition, frame);
            if (edition != Edition.V2011) {
                reports.reports(truck, step, false);
                reports.putBase(frame, truck, step, 0);
            }
            frame.putBytes(picture);
            links.transmit(terminal, frame);
        }

        private void tellAreas(FrameView view) throws IOException {
            boolean asks = terminal.identity.edition() == Edition.V2019;
            AreaAnswer told = asks ? terminal.areas.tell(AreaQuery.read(body(view))) : null;
            if (told == null) {
                answer(view, asks ? GeneralAnswer.WRONG : GeneralAnswer.UNSUPPORTED);
            } else {
                told.put(Edition.V2019, frame.begin(terminal.address, MessageId.AREAS, terminal.serial));
                terminal.nextSerials((frame.size() + FrameWriter.LONGEST_BODY - 1) / FrameWriter.LONGEST_BODY);
                links.transmit(terminal, frame);
            }
        }

        private void tellSome(FrameView view) throws IOException {
            ParameterQuery query = ParameterQuery.read(body(view));
            if (query == null) {
                answer(view, GeneralAnswer.WRONG);
            } else if (terminal.identity.edition() == Edition.V2011) {
                answer(view, GeneralAnswer.UNSUPPORTED);
            } else {
                tellParameters(view, settings.some(terminal, query.ids()));
            }
        }

        private void tellParameters(FrameView view, List<Parameter> parameters) throws IOException {
            frame.begin(terminal.address, MessageId.PARAMETERS, terminal.nextSerial());
            new ParameterAnswer(view.serial(), parameters).put(terminal.identity.edition(), frame);
            links.transmit(terminal, frame);
        }

        private static BodyReader body(FrameView view) {
            return new BodyReader(view.bytes(), view.bodyOffset(), view.bodyLength());
        }

        private void answer(FrameView view, int result) throws IOException {
            frame.begin(terminal.address, MessageId.TERMINAL_ANSWER, terminal.nextSerial());
            GeneralAnswer.put(frame, view.serial(), view.messageId(), result);
            links.transmit(terminal, frame);
        }

        @Override
        public void rejected(FrameStatus cause, int wireBytes) {
            LOG.warn("the platform sent a bad frame: cause={} bytes={}", cause, wireBytes);
        }
    }
}
