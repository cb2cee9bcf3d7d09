package io.haulwatch.gateway.link;

import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.SubpackageAssembler;
import io.haulwatch.jt808.frame.SubpackageAssembler.Assembled;
import io.haulwatch.jt808.frame.SubpackageAssembler.Gap;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.ResendRequest;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Positions, parameters, recorder data and pass-through that a terminal sends in sub-packages (分包); media are {@link MediaPackages}. Each package is answered, because terminals wait for it; but a terminal may erase a
 * message once all its packages are answered, so the answers to the packages that complete it, and to those that came out of order, wait
 * until the whole is durable. A package is answered at once only while everything before it is here. One terminal, one thread.
 */
final class LongMessages {
    /** 128 KiB and 4 messages a terminal: some 2,000 positions. */
    private static final int MOST_BYTES = 128 * 1024;

    private static final int MOST_MESSAGES = 4;
    private static final long GIVE_UP_WAITS = 6;

    private final SubpackageAssembler assembler;
    private final long waitMillis;
    private final GatewayCounters counters;

    /** Packages not answered yet. */
    private final List<Unanswered> unanswered = new ArrayList<>();
    /** By serial of the package that completed a message: packages to answer with it. */
    private final Map<Integer, List<Unanswered>> withWhole = new HashMap<>();

    private final ResendRequests requests = new ResendRequests();

    private record Unanswered(int messageId, int firstSerial, int number, int serial) {}

    LongMessages(long waitMillis, GatewayCounters counters) {
        this.assembler = new SubpackageAssembler(
                new SubpackageAssembler.Limits(MOST_BYTES, MOST_MESSAGES, GIVE_UP_WAITS * waitMillis));
        this.waitMillis = waitMillis;
        this.counters = counters;
    }

    /** Takes a package. @return the whole message if this was the last one missing; its answer then is {@link #stored} */
    @Nullable
    Assembled take(TerminalLink link, FrameView frame, TerminalAddress address, long nowMillis) {
        giveUp(link, nowMillis);
        switch (assembler.add(frame, nowMillis)) {
            case COMPLETE -> {
                Assembled whole = assembler.take();
                List<Unanswered> waiting = new ArrayList<>();
                unanswered.removeIf(each -> each.messageId() == whole.messageId()
                        && each.firstSerial() == whole.firstSerial()
                        && waiting.add(each));
                withWhole.put(whole.lastSerial(), waiting);
                requests.forget(whole.firstSerial());
                return whole;
            }
            case WAITING -> {
                Gap gap = gapOf(frame, nowMillis);
                unanswered.add(
                        new Unanswered(frame.messageId(), gap.firstSerial(), frame.packageNumber(), frame.serial()));
                answerUpTo(link, address, gap);
            }
            case REPEATED -> {
                int serial = frame.serial();
                int number = frame.packageNumber();
                if (unanswered.stream().noneMatch(each -> each.serial() == serial && each.number() == number)) {
                    link.answer(address, frame, GeneralAnswer.SUCCESS);
                }
            }
            case BAD_NUMBER -> link.wrong(address, frame.serial(), frame.messageId());
            case TOO_MANY_MESSAGES, TOO_MANY_BYTES -> link.overQuota(address, frame);
        }
        return null;
    }

    /** The message that this package completed is durable. */
    void stored(TerminalLink link, TerminalAddress address, int lastSerial) {
        List<Unanswered> packages = withWhole.remove(lastSerial);
        if (packages != null) {
            for (Unanswered each : packages) {
                link.answer(address, each.serial(), each.messageId(), GeneralAnswer.SUCCESS);
            }
        }
    }

    /** The log refused the message that this package completed. */
    void refused(int lastSerial) {
        withWhole.remove(lastSerial);
    }

    /** Asks for what is missing for too long, a few times, and gives up in the end. */
    void askForMissing(TerminalLink link, TerminalAddress address, long nowMillis) {
        giveUp(link, nowMillis);
        for (Gap gap : assembler.gaps(nowMillis, waitMillis)) {
            if (!requests.due(gap, nowMillis, waitMillis)) {
                continue;
            }
            ByteBuf out = link.out();
            if (out != null) {
                List<Integer> numbers = gap.missing();
                int most = ResendRequest.most(address.is2019());
                new ResendRequest(gap.firstSerial(), numbers.subList(0, Math.min(most, numbers.size())))
                        .put(address.is2019(), link.begin(address, MessageId.RESEND_BY_PLATFORM))
                        .end(out);
                counters.resendRequests.increment();
            }
        }
    }

    private void giveUp(TerminalLink link, long nowMillis) {
        int given = assembler.expire(nowMillis);
        for (int i = 0; i < given; i++) {
            link.rejected(Rejection.PACKAGE_INCOMPLETE);
        }
        if (assembler.pendingMessages() == 0) {
            unanswered.clear();
            requests.clear();
        } else if (given > 0) {
            List<Gap> left = assembler.gaps(nowMillis, 0);
            unanswered.removeIf(each -> left.stream().noneMatch(gap -> gap.firstSerial() == each.firstSerial()));
            requests.keepOnly(left);
        }
    }

    private Gap gapOf(FrameView frame, long nowMillis) {
        int first = (frame.serial() - frame.packageNumber() + 1) & 0xFFFF;
        for (Gap gap : assembler.gaps(nowMillis, 0)) {
            if (gap.messageId() == frame.messageId()
                    && gap.total() == frame.packageTotal()
                    && (gap.firstSerial() == first || gap.firstSerial() == frame.serial())) {
                return gap;
            }
        }
        throw new IllegalStateException("a package was kept but its message is not there: serial=" + frame.serial());
    }

    private void answerUpTo(TerminalLink link, TerminalAddress address, Gap gap) {
        int firstMissing = gap.missing().getFirst();
        for (Iterator<Unanswered> all = unanswered.iterator(); all.hasNext(); ) {
            Unanswered each = all.next();
            if (each.messageId() == gap.messageId()
                    && each.firstSerial() == gap.firstSerial()
                    && each.number() < firstMissing) {
                link.answer(address, each.serial(), each.messageId(), GeneralAnswer.SUCCESS);
                all.remove();
            }
        }
    }
}
