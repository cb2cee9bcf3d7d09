package io.haulwatch.gateway.link;

import io.haulwatch.gateway.auth.AuthenticationCodes.Verdict;
import io.haulwatch.gateway.auth.FailureLimit;
import io.haulwatch.gateway.auth.IssuedCodes;
import io.haulwatch.gateway.command.Commands;
import io.haulwatch.gateway.diary.Diaries;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.gateway.metrics.SignOn;
import io.haulwatch.gateway.register.NewTerminal;
import io.haulwatch.gateway.register.RefusedTerminals;
import io.haulwatch.gateway.register.RegisterPort;
import io.haulwatch.gateway.register.RegistrationRefusedException;
import io.haulwatch.gateway.register.RegistrationResult;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.model.report.LinkRecord;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registration (0x0100), authentication (0x0102) and deregistration (0x0003). One for the gateway, called by all event loops.
 *
 * <p>A right code always opens, whatever others did wrong from the same address or with the same phone: a limit on failures must not be a
 * way to lock an honest truck out. Over the limit, only failures become cheaper for us: no answer, the connection is closed, and nothing
 * is asked of the database.
 */
public final class SignOnDesk {
    /** Registrations and deregistrations that wait for the database at once; beyond, they get no answer. */
    static final int MOST_WAITING = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(SignOnDesk.class);
    /** Company of the terminals that enrolled themselves; the plate of their vehicles is only what they said. */
    private static final int UNASSIGNED = 0;

    private static final int CODES_REMEMBERED = 65_536;
    private static final int KEYS_REMEMBERED = 16_384;
    private static final int MOST_ACCEPTED = 16_384;
    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

    private final TerminalRegister register;
    private final RegisterPort port;
    private final boolean enrol;
    private final Sessions sessions;
    private final Commands commands;
    private final GatewayCounters counters;
    private final RefusedTerminals refusals;
    private final Diaries diaries;
    private final MediaDesk media;
    private final LongSupplier clockMillis;
    private final Messages messages;

    private final IssuedCodes issued = new IssuedCodes(CODES_REMEMBERED);
    private final FailureLimit<String> addresses;
    private final FailureLimit<String> phones;
    private final AtomicInteger waiting = new AtomicInteger();

    /** What the database accepted though the register says otherwise (it keeps the official plate): the same again is no change. */
    private final Map<String, Said> accepted = new ConcurrentHashMap<>();

    private record Said(String terminalId, String plate, int generation) {}

    /**
     * @param enrol whether unknown terminals are enrolled; otherwise they are refused
     * @param failuresPerAddress failures that one source address may cause a minute
     * @param failuresPerPhone failures that may be caused for one phone a minute
     * @param refusals told of everyone who is not let in
     * @param diaries what is remembered of everyone who is
     * @param media where what they send to be kept goes
     */
    public SignOnDesk(
            TerminalRegister register,
            RegisterPort port,
            boolean enrol,
            int failuresPerAddress,
            int failuresPerPhone,
            Sessions sessions,
            Commands commands,
            GatewayCounters counters,
            RefusedTerminals refusals,
            Diaries diaries,
            MediaDesk media,
            LongSupplier clockMillis) {
        this.register = register;
        this.port = port;
        this.enrol = enrol;
        this.sessions = sessions;
        this.commands = commands;
        this.counters = counters;
        this.refusals = refusals;
        this.diaries = diaries;
        this.media = media;
        this.clockMillis = clockMillis;
        this.addresses = new FailureLimit<>(failuresPerAddress, FAILURE_WINDOW, KEYS_REMEMBERED);
        this.phones = new FailureLimit<>(failuresPerPhone, FAILURE_WINDOW, KEYS_REMEMBERED);
        this.messages = new Messages(this, counters);
    }

    Sessions sessions() {
        return sessions;
    }

    Commands commands() {
        return commands;
    }

    Diaries diaries() {
        return diaries;
    }

    MediaDesk media() {
        return media;
    }

    Messages messages() {
        return messages;
    }

    long nowMillis() {
        return clockMillis.getAsLong();
    }

    /** A frame of a connection that has not authenticated. */
    void beforeSignOn(TerminalLink link, FrameView frame) {
        TerminalAddress address = TerminalAddress.of(frame);
        switch (frame.subpackaged() ? -1 : frame.messageId()) {
            case MessageId.REGISTER -> register(link, frame, address);
            case MessageId.AUTHENTICATE -> authenticate(link, frame, address);
            default -> {
                counters.rejected.count(Rejection.UNAUTHENTICATED);
                link.answer(address, frame, GeneralAnswer.FAILURE);
                if (link.failed()) {
                    link.closeAfterAnswers(CloseCause.SIGN_ON_FAILED);
                }
            }
        }
    }

    // ---- relays

    /** The terminal of a phone, or null. */
    @Nullable
    Terminal known(String phone) {
        return register.byPhone(phone);
    }

    /** A declared relay passes on what a terminal of the register says. */
    void relayed(TerminalLink link, TerminalAddress address, Terminal terminal) {
        link.count(SignOn.RELAYED);
        link.bind(address, terminal);
        refusals.admitted(terminal.phone());
        claim(link);
    }

    /** Puts a relayed terminal online, unless it is so by another connection, which is the better way to reach it. */
    void claim(TerminalLink link) {
        TerminalLink present = sessions.byPhone(link.phone());
        if (present == null || (present != link && !present.open())) {
            online(link, "");
        }
    }

    /** A declared relay passes on what somebody says whom the register does not know. */
    void strangerOfRelay(TerminalLink link, FrameView frame) {
        TerminalAddress address = TerminalAddress.of(frame);
        if (frame.messageId() == MessageId.REGISTER && !frame.subpackaged()) {
            register(link, frame, address);
        } else {
            denied(link, frame, address, frame.phone(), SignOn.UNKNOWN_PHONE);
        }
    }

    // ---- 0x0100

    void register(TerminalLink link, FrameView frame, TerminalAddress address) {
        Registration said = Registration.read(frame.is2019(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        if (said == null) {
            counters.rejected.count(Rejection.BAD_BODY);
            link.answer(address, frame, GeneralAnswer.WRONG);
            return;
        }
        String phone = frame.phone();
        int serial = frame.serial();
        Terminal known = register.byPhone(phone);
        if (known != null && asRegistered(known, said)) {
            link.count(SignOn.REGISTERED);
            registered(link, address, serial, known);
            return;
        }
        NewTerminal terminal = new NewTerminal(
                phone,
                said.maker(),
                said.model(),
                said.terminalId(),
                said.plateColour(),
                said.plate(),
                Integer.parseInt(said.edition().year()));
        if (known == null && !enrol) {
            refuse(link, address, serial, terminal, RegistrationResult.TERMINAL_NOT_IN_DATABASE);
            return;
        }
        if (overLimit(link, phone)) {
            link.count(SignOn.OVER_LIMIT);
            link.close(CloseCause.SIGN_ON_FAILED);
            return;
        }
        if (known != null && anotherDeviceIsOnline(link, known, said)) {
            refuse(link, address, serial, terminal, RegistrationResult.TERMINAL_ALREADY_REGISTERED);
            return;
        }
        if (!link.beginRegistering()) {
            // The same terminal asks again while the database has its first question.
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            link.endRegistering();
            link.count(SignOn.UNANSWERED);
            return;
        }
        CompletionStage<Terminal> answer = known == null ? port.enrol(terminal) : port.acceptChanged(known, terminal);
        var unused = answer.whenComplete((now, failure) -> onLoop(link, () -> {
            waiting.decrementAndGet();
            link.endRegistering();
            settle(link, address, serial, terminal, known, now, failure);
        }));
    }

    private void settle(
            TerminalLink link,
            TerminalAddress address,
            int serial,
            NewTerminal said,
            @Nullable Terminal known,
            @Nullable Terminal now,
            @Nullable Throwable failure) {
        if (now == null) {
            if (cause(failure) instanceof RegistrationRefusedException refusal) {
                refuse(link, address, serial, said, refusal.result());
            } else {
                link.count(SignOn.UNANSWERED);
                LOG.debug(
                        "registration without answer, the database could not be asked: phone={}",
                        said.phone(),
                        failure);
            }
            return;
        }
        register.put(now);
        if (accepted.size() >= MOST_ACCEPTED) {
            accepted.clear();
        }
        accepted.put(now.phone(), new Said(said.terminalId(), said.plate(), now.generation()));
        link.count(known == null ? SignOn.ENROLLED : SignOn.REGISTERED_CHANGED);
        registered(link, address, serial, now);
    }

    private void registered(TerminalLink link, TerminalAddress address, int serial, Terminal terminal) {
        byte[] code = link.lane().codes.code(terminal.phone(), terminal.generation());
        issued.issued(code, terminal.phone());
        ByteBuf out = link.out();
        if (out != null) {
            new RegistrationAnswer(serial, RegistrationAnswer.SUCCESS, new String(code, StandardCharsets.US_ASCII))
                    .put(link.begin(address, MessageId.REGISTER_ANSWER))
                    .end(out);
        }
    }

    private void refuse(
            TerminalLink link, TerminalAddress address, int serial, NewTerminal said, RegistrationResult result) {
        refusals.refused(said.phone(), link.remoteAddress(), reason(result), said, nowMillis());
        if (fails(link, said.phone())) {
            link.count(SignOn.OVER_LIMIT);
            link.close(CloseCause.SIGN_ON_FAILED);
            return;
        }
        link.count(SignOn.REGISTRATION_REFUSED);
        ByteBuf out = link.out();
        if (out != null) {
            new RegistrationAnswer(serial, result.wire(), "")
                    .put(link.begin(address, MessageId.REGISTER_ANSWER))
                    .end(out);
        }
        if (link.failed()) {
            link.closeAfterAnswers(CloseCause.SIGN_ON_FAILED);
        }
    }

    private static RefusedTerminals.Reason reason(RegistrationResult result) {
        return switch (result) {
            case VEHICLE_NOT_IN_DATABASE, VEHICLE_ALREADY_REGISTERED -> RefusedTerminals.Reason.OTHER_PLATE;
            case TERMINAL_ALREADY_REGISTERED -> RefusedTerminals.Reason.SECOND_DEVICE;
            case TERMINAL_NOT_IN_DATABASE -> RefusedTerminals.Reason.UNKNOWN_PHONE;
            case SUCCESS -> throw new IllegalArgumentException("a success is no refusal: result=" + result);
        };
    }

    private boolean asRegistered(Terminal known, Registration said) {
        if (said.terminalId().equals(known.terminalId())
                && (known.companyId() == UNASSIGNED || samePlate(said.plate(), known.plate()))) {
            return true;
        }
        return new Said(said.terminalId(), said.plate(), known.generation()).equals(accepted.get(known.phone()));
    }

    private boolean anotherDeviceIsOnline(TerminalLink link, Terminal known, Registration said) {
        TerminalLink online = sessions.byPhone(known.phone());
        return known.terminalId() != null
                && !known.terminalId().equals(said.terminalId())
                && online != null
                && online != link
                && online.open();
    }

    /** The register may hold separators that the codec has taken out of what the terminal said. */
    static boolean samePlate(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String plate) {
        StringBuilder kept = new StringBuilder(plate.length());
        plate.codePoints().filter(Character::isLetterOrDigit).forEach(kept::appendCodePoint);
        return kept.toString().toUpperCase(Locale.ROOT);
    }

    // ---- 0x0102

    void authenticate(TerminalLink link, FrameView frame, TerminalAddress address) {
        Authentication said =
                Authentication.read(frame.is2019(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        byte[] code = said.code().getBytes(StandardCharsets.UTF_8);
        String phone = frame.phone();
        Terminal terminal = register.byPhone(phone);
        if (link.relayed() && link.signedOn()) {
            // The code is the relay's own business.
            link.answer(address, frame, GeneralAnswer.SUCCESS);
            return;
        }
        // An unknown phone costs the same work as a known one.
        Verdict verdict = link.lane().codes.check(phone, terminal == null ? 1 : terminal.generation(), code);
        if (terminal == null || verdict != Verdict.RIGHT) {
            boolean foreign = issued.belongsToAnother(code, phone);
            denied(link, frame, address, phone, terminal == null ? SignOn.UNKNOWN_PHONE : how(verdict, foreign));
            return;
        }
        link.count(SignOn.AUTHENTICATED);
        refusals.admitted(phone);
        issued.issued(link.lane().codes.code(phone, terminal.generation()), phone);
        boolean again = link.signedOn();
        link.bind(address, terminal);
        link.answer(address, frame, GeneralAnswer.SUCCESS);
        if (again) {
            return;
        }
        online(link, said.softwareVersion());
    }

    private void online(TerminalLink link, String softwareVersion) {
        link.came(softwareVersion);
        TerminalLink old = sessions.signedOn(link);
        if (old != null && old.open()) {
            link.takeOver(old);
        }
        link.lane().linkRecord(link.vehicleId(), LinkRecord.Event.ONLINE);
        if (commands.mayHavePending(link.vehicleId())) {
            link.reloadCommands();
        }
    }

    private void denied(TerminalLink link, FrameView frame, TerminalAddress address, String phone, SignOn how) {
        link.count(how);
        refusals.refused(phone, link.remoteAddress(), reason(how), null, nowMillis());
        if (fails(link, phone)) {
            link.count(SignOn.OVER_LIMIT);
            link.close(CloseCause.SIGN_ON_FAILED);
            return;
        }
        link.answer(address, frame, GeneralAnswer.FAILURE);
        if (link.failed()) {
            link.closeAfterAnswers(CloseCause.SIGN_ON_FAILED);
        }
    }

    private static RefusedTerminals.Reason reason(SignOn how) {
        return switch (how) {
            case FOREIGN_CODE -> RefusedTerminals.Reason.FOREIGN_CODE;
            case STALE_CODE -> RefusedTerminals.Reason.STALE_CODE;
            case UNKNOWN_PHONE -> RefusedTerminals.Reason.UNKNOWN_PHONE;
            default -> RefusedTerminals.Reason.WRONG_CODE;
        };
    }

    private static SignOn how(Verdict verdict, boolean foreign) {
        return foreign ? SignOn.FOREIGN_CODE : verdict == Verdict.STALE ? SignOn.STALE_CODE : SignOn.WRONG_CODE;
    }

    // ---- 0x0003

    void deregister(TerminalLink link, FrameView frame, TerminalAddress address) {
        int serial = frame.serial();
        int messageId = frame.messageId();
        if (!link.beginRegistering()) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            link.endRegistering();
            counters.deregistrationsUnanswered.increment();
            return;
        }
        port.raiseGeneration(link.vehicleId())
                .whenComplete((now, failure) -> onLoop(link, () -> {
                    waiting.decrementAndGet();
                    link.endRegistering();
                    if (now == null) {
                        counters.deregistrationsUnanswered.increment();
                        LOG.debug(
                                "deregistration without answer, the database could not be asked: phone={}",
                                link.phone(),
                                failure);
                        return;
                    }
                    counters.deregistered.increment();
                    link.answer(address, serial, messageId, GeneralAnswer.SUCCESS);
                    link.closeAfterAnswers(CloseCause.DEREGISTERED);
                    register.put(now);
                }));
    }

    // ---- limits

    private boolean fails(TerminalLink link, String phone) {
        long now = nowMillis();
        // A relay speaks for many: what one of them does wrong must not shut out the others.
        boolean addressOver = !link.relayed() && addresses.failed(link.remoteAddress(), now);
        boolean phoneOver = phones.failed(phone, now);
        return addressOver || phoneOver;
    }

    private boolean overLimit(TerminalLink link, String phone) {
        long now = nowMillis();
        return (!link.relayed() && addresses.over(link.remoteAddress(), now)) || phones.over(phone, now);
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void onLoop(TerminalLink link, Runnable task) {
        try {
            link.lane().loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the event loop has ended; the terminal will ask again", e);
        }
    }
}
