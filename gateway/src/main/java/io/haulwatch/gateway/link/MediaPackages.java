package io.haulwatch.gateway.link;

import io.haulwatch.gateway.media.MediaRoom;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.SubpackageAssembler;
import io.haulwatch.jt808.frame.SubpackageAssembler.Assembled;
import io.haulwatch.jt808.frame.SubpackageAssembler.Gap;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.media.MediaAnswer;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.ResendRequest;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A terminal's media (0x0801) that come in sub-packages. By the sheet's example 9 the whole is answered with 0x8800 and its packages with nothing; a terminal
 * that waits for 0x8001 shows it by repeating a package, and gets one for each from then on. What a package is answered promises nothing: only
 * 0x8800 lets a terminal erase. One terminal, one thread.
 */
final class MediaPackages {
    /** A picture of 1024×768 in the best quality is some 300 KB, a few seconds of video more. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final int MOST_MESSAGES = 2;
    private static final long GIVE_UP_WAITS = 6;
    private static final int MOST_NUMBERS = 125;

    private final SubpackageAssembler assembler;
    private final MediaRoom room;
    private final long waitMillis;
    private final GatewayCounters counters;
    private final ResendRequests requests = new ResendRequests();
    /** By serial of package 1, which alone says it. */
    private final Map<Integer, Long> mediaIds = new HashMap<>();

    private int accounted;
    private boolean answersEach;

    MediaPackages(MediaRoom room, long waitMillis, GatewayCounters counters) {
        this.assembler = new SubpackageAssembler(
                new SubpackageAssembler.Limits(MOST_BYTES, MOST_MESSAGES, GIVE_UP_WAITS * waitMillis));
        this.room = room;
        this.waitMillis = waitMillis;
        this.counters = counters;
    }

    /** Takes a package. @return the whole medium if this was the last one missing */
    @Nullable
    Assembled take(TerminalLink link, FrameView frame, TerminalAddress address, long nowMillis) {
        giveUp(nowMillis);
        if (!room.fits(frame.bodyLength() + (long) SubpackageAssembler.SLOT_BYTES * frame.packageTotal())) {
            link.overQuota(address, frame);
            return null;
        }
        SubpackageAssembler.Outcome outcome = assembler.add(frame, nowMillis);
        account();
        switch (outcome) {
            case COMPLETE -> {
                Assembled whole = assembler.take();
                requests.forget(whole.firstSerial());
                mediaIds.remove(whole.firstSerial());
                return whole;
            }
            case WAITING -> {
                if (frame.packageNumber() == 1 && frame.bodyLength() >= Integer.BYTES) {
                    mediaIds.put(frame.serial(), BigEndian.u32(frame.bytes(), frame.bodyOffset()));
                }
                if (answersEach) {
                    link.answer(address, frame, GeneralAnswer.SUCCESS);
                }
            }
            case REPEATED -> {
                answersEach = true;
                link.answer(address, frame, GeneralAnswer.SUCCESS);
            }
            case BAD_NUMBER -> link.wrong(address, frame.serial(), frame.messageId());
            case TOO_MANY_MESSAGES, TOO_MANY_BYTES -> link.overQuota(address, frame);
        }
        return null;
    }

    /** Whether this terminal waits for 0x8001 of each package. */
    boolean answersEach() {
        return answersEach;
    }

    /** Asks for what is missing for too long: with 0x8800 where the medium's id is known, with 0x8003 where package 1 is missing too. */
    void askForMissing(TerminalLink link, TerminalAddress address, long nowMillis) {
        giveUp(nowMillis);
        for (Gap gap : assembler.gaps(nowMillis, waitMillis)) {
            ByteBuf out = link.out();
            if (out == null || !requests.due(gap, nowMillis, waitMillis)) {
                continue;
            }
            List<Integer> missing = gap.missing();
            Long mediaId = mediaIds.get(gap.firstSerial());
            if (mediaId != null) {
                new MediaAnswer(mediaId, missing.subList(0, Math.min(MOST_NUMBERS, missing.size())))
                        .put(Edition.ofHeader(address.is2019()), link.begin(address, MessageId.MEDIA_ANSWER))
                        .end(out);
            } else {
                int most = ResendRequest.most(address.is2019());
                new ResendRequest(gap.firstSerial(), missing.subList(0, Math.min(most, missing.size())))
                        .put(address.is2019(), link.begin(address, MessageId.RESEND_BY_PLATFORM))
                        .end(out);
            }
            counters.resendRequests.increment();
        }
    }

    /** The terminal is gone: what it had not finished comes again as a whole. */
    void end() {
        room.change(-accounted);
        accounted = 0;
    }

    private void giveUp(long nowMillis) {
        int given = assembler.expire(nowMillis);
        if (given == 0) {
            return;
        }
        account();
        counters.rejected.count(Rejection.PACKAGE_INCOMPLETE, given);
        List<Gap> left = assembler.gaps(nowMillis, 0);
        requests.keepOnly(left);
        mediaIds.keySet().removeIf(first -> left.stream().noneMatch(gap -> gap.firstSerial() == first));
    }

    private void account() {
        int held = assembler.heldBytes();
        room.change(held - accounted);
        accounted = held;
    }
}
