package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.command.CommandChange.Zones;
import io.haulwatch.gateway.command.CommandQueue;
import io.haulwatch.gateway.command.Commands;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.diary.TerminalDiary;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.gateway.metrics.SignOn;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.TallyRecord.Cause;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a terminal that speaks over a connection: who it is, its serials, its latest reports, its commands and its long messages.
 * Its thread is its connection's.
 */
public final class TerminalLink implements Commands.Terminal, CommandQueue.Wire {
    private final Connection connection;
    private final Lane lane;
    private final SignOnDesk desk;
    private final GatewayCounters counters;
    private long lastFrameNanos;
    private boolean ended;

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
    private @Nullable MediaPackages mediaPackages;
    private @Nullable TerminalDiary diary;
    private @Nullable LinkTally tally;

    private int failures;
    private boolean registering;

    TerminalLink(Connection connection) {
        this.connection = connection;
        this.lane = connection.lane;
        this.desk = connection.desk;
        this.counters = connection.counters;
    }

    // ---- the connection

    /** A frame of this terminal has come, or could have. */
    void heard(long nowNanos) {
        lastFrameNanos = nowNanos;
    }

    /** A frame of this terminal, which is signed on as {@code bound}. */
    void take(FrameView frame, TerminalAddress bound) {
        TerminalDiary mine = diary;
        if (mine != null) {
            mine.frame(frame, lane.nowMillis());
            if (frame.lengthMismatch()) {
                mine.wrongLength();
            }
        }
        desk.messages().take(this, frame, addressOf(frame, bound));
    }

    /** Something was wrong with what it sent; it is counted for the gateway too. */
    void rejected(Rejection cause) {
        counters.rejected.count(cause);
        if (diary != null) {
            diary.fault(cause);
        }
        tally(LinkTally.causeOf(cause), 1);
    }

    /** A position that was made just now. */
    void reported(long deviceMillis) {
        if (diary != null && deviceMillis != Long.MIN_VALUE) {
            diary.reported(deviceMillis, lane.nowMillis());
        }
    }

    /** It is online now. */
    void came(String softwareVersion) {
        TerminalDiary mine = desk.diaries().begin(vehicleId);
        diary = mine;
        mine.came(desk.nowMillis(), remoteAddress(), softwareVersion);
    }

    /** It speaks over this connection no more. */
    void ended(CloseCause why) {
        ended = true;
        if (diary != null) {
            diary.went(desk.nowMillis(), why);
        }
        if (commands != null) {
            commands.close();
        }
        if (mediaPackages != null) {
            mediaPackages.end();
            mediaPackages = null;
        }
        writeTally();
        if (address != null && desk.sessions().lost(this)) {
            lane.linkRecord(vehicleId, LinkRecord.Event.OFFLINE);
        }
    }

    /** Ends it now: its own connection with it, a relay's not. */
    void close(CloseCause cause) {
        connection.end(this, cause);
    }

    /** The same once what is answered so far has left. */
    void closeAfterAnswers(CloseCause cause) {
        connection.endAfterAnswers(this, cause);
    }

    boolean open() {
        return !ended && connection.open();
    }

    /** Whether a platform of somebody else passes on what it says. */
    boolean relayed() {
        return connection.relays();
    }

    /** The address that its connection came from. */
    String remoteAddress() {
        return connection.remoteAddress();
    }

    /** Where answers are gathered until the burst ends; null if there is nobody to write to any more. */
    @Nullable
    ByteBuf out() {
        return connection.out();
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
        // A relay speaks for many; their failures are not its own.
        return !relayed() && ++failures >= lane.limits.signOnFailures();
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

    boolean signedOn() {
        return address != null;
    }

    void checkRegister(TerminalRegister register) {
        if (address == null || !open()) {
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

    /** The form in which it signed on, or null before. */
    @Nullable
    TerminalAddress address() {
        return address;
    }

    /** ns without a complete frame; 0 while we are the ones who do not read. */
    long idleSince(long now) {
        return connection.aside() || address == null ? 0 : now - lastFrameNanos;
    }

    // ---- answers

    /** Answers a frame with 0x8001. */
    void answer(TerminalAddress to, FrameView frame, int result) {
        answer(to, frame.serial(), frame.messageId(), result);
    }

    /** Counts a body that cannot be read, and says so. */
    void wrong(TerminalAddress to, int answeredSerial, int messageId) {
        rejected(Rejection.BAD_BODY);
        answer(to, answeredSerial, messageId, GeneralAnswer.WRONG);
    }

    /** Counts a sub-package for which there is no room, and says so. */
    void overQuota(TerminalAddress to, FrameView frame) {
        rejected(Rejection.PACKAGE_QUOTA);
        answer(to, frame, GeneralAnswer.FAILURE);
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

    MediaPackages mediaPackages() {
        MediaPackages mine = mediaPackages;
        if (mine == null) {
            mine = new MediaPackages(
                    desk.media().room(), lane.limits.packageWait().toMillis(), counters);
            mediaPackages = mine;
        }
        return mine;
    }

    // ---- the books

    /** Notes frames that did not become positions in the books of its truck; nobody's before sign-on. */
    void tally(Cause cause, int count) {
        if (address == null) {
            return;
        }
        LinkTally mine = tally;
        if (mine == null) {
            mine = new LinkTally();
            tally = mine;
        }
        long now = lane.nowMillis();
        if (!mine.fits(now) && lane.takesNotes()) {
            writeTally();
        }
        mine.add(cause, count, now);
    }

    private void writeTally() {
        if (tally != null) {
            tally.take(vehicleId).forEach(record -> lane.note(vehicleId, record.bytes()));
        }
    }

    /** What has to be done without a frame: missing packages are asked for; a relayed terminal that has lost its own connection is online again. */
    void everySecond(long nowMillis) {
        if (relayed() && address != null && open()) {
            desk.claim(this);
        }
        if (tally != null && tally.due(nowMillis) && lane.takesNotes()) {
            writeTally();
        }
        if (longMessages != null && address != null && open()) {
            longMessages.askForMissing(this, address, nowMillis);
        }
        if (mediaPackages != null && address != null && open()) {
            mediaPackages.askForMissing(this, address, nowMillis);
        }
    }

    @Nullable
    RecentReports recent() {
        return recent;
    }

    // ---- commands

    @Override
    public void reloadCommands() {
        desk.commands().load(vehicleId, lane.loop, pending -> {
            if (!open() || address == null) {
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

    private int nextSerial() {
        return nextSerials(1);
    }

    @Override
    public int nextSerials(int count) {
        int first = serial;
        serial = (first + count) & 0xFFFF;
        return first;
    }

    @Override
    public int packages(TerminalCommand.Content content) {
        TerminalAddress to = address;
        return to == null ? 1 : frame(to, content, 0).packages();
    }

    @Override
    public void send(TerminalCommand.Content content, int commandSerial) {
        TerminalAddress to = address;
        ByteBuf out = out();
        if (to != null && out != null) {
            frame(to, content, commandSerial).end(out);
        }
    }

    @Override
    public void sendAgain(TerminalCommand.Content content, int commandSerial, List<Integer> packages) {
        TerminalAddress to = address;
        ByteBuf out = out();
        if (to != null && out != null) {
            frame(to, content, commandSerial).endAgain(out, packages);
        }
    }

    private FrameWriter frame(TerminalAddress to, TerminalCommand.Content content, int commandSerial) {
        return CommandBodies.put(to.is2019(), content, lane.writer.begin(to, content.messageId(), commandSerial));
    }

    @Override
    public @Nullable String unfit(TerminalCommand.Content content) {
        return address == null ? null : CommandBodies.unfit(address.is2019(), content);
    }

    /** @return whether commands still need to be told of time */
    boolean tickCommands(long nowMillis) {
        if (!open() || commands == null) {
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

    /** 0x0005 of the terminal. */
    void askedAgain(ResendRequest request) {
        if (commands == null || !commands.askedAgain(request.firstSerial(), request.numbers())) {
            counters.strayAnswers.increment();
        }
    }

    boolean awaitsPosition(int querySerial) {
        return commands != null && commands.awaitsPosition(querySerial);
    }

    /** 0x0104 of the terminal. */
    void reported(int querySerial, List<Parameter> parameters) {
        if (commands == null || !commands.reported(querySerial, parameters, lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
    }

    /** 0x0805 of the terminal. */
    void shot(int commandSerial, int result, List<Long> mediaIds) {
        if (commands == null || !commands.shot(commandSerial, result, mediaIds, lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
    }

    /** 0x0608 of the terminal. */
    void holds(Zones zones, long announced) {
        if (commands == null || !commands.holds(zones, announced, lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
    }

    /** 0x0700 of the terminal, and it was kept. */
    void recorded(int commandSerial) {
        if (commands == null || !commands.recorded(commandSerial, lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
    }

    /** 0x0500 of the terminal. */
    void controlled(int commandSerial, boolean locked, Fix fix) {
        if (commands == null || !commands.controlled(commandSerial, locked, fix, lane.nowMillis())) {
            counters.strayAnswers.increment();
        }
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
