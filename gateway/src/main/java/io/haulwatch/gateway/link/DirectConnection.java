package io.haulwatch.gateway.link;

import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import java.util.function.Consumer;

/**
 * A terminal's own connection. Before authentication it takes 0x0100 and 0x0102 and nothing else; after it, it is bound to the phone that
 * it authenticated as, and a frame of any other phone is refused.
 */
public final class DirectConnection extends Connection {
    private static final int GARBAGE_BEFORE_SIGN_ON = 10;

    private final TerminalLink link;
    private int foreignFrames;

    /** A connection of {@code lane}'s event loop. */
    public DirectConnection(Lane lane, SignOnDesk desk) {
        super(lane, desk);
        link = new TerminalLink(this);
    }

    @Override
    void take(FrameView frame) {
        link.heard(lane.nowNanos());
        TerminalAddress bound = link.address();
        if (bound == null) {
            desk.beforeSignOn(link, frame);
        } else if (!frame.isFrom(bound)) {
            link.rejected(Rejection.FOREIGN_ID);
            link.answer(TerminalAddress.of(frame), frame, GeneralAnswer.FAILURE);
            if (++foreignFrames >= lane.limits.foreignFrames()) {
                closeAfterAnswers(CloseCause.FOREIGN_ID);
            }
        } else {
            link.take(frame, bound);
        }
    }

    @Override
    boolean feedsLog() {
        return link.signedOn();
    }

    @Override
    boolean awaitsSignOn() {
        return !link.signedOn() && open();
    }

    @Override
    int mostGarbage() {
        return link.signedOn() ? lane.limits.garbage() : Math.min(GARBAGE_BEFORE_SIGN_ON, lane.limits.garbage());
    }

    @Override
    void bad(Rejection cause) {
        link.rejected(cause);
    }

    @Override
    boolean relays() {
        return false;
    }

    @Override
    void gone() {
        link.ended(closeCause());
    }

    @Override
    void forEachLink(Consumer<TerminalLink> each) {
        each.accept(link);
    }

    @Override
    void end(TerminalLink mine, CloseCause cause) {
        close(cause);
    }

    @Override
    void endAfterAnswers(TerminalLink mine, CloseCause cause) {
        closeAfterAnswers(cause);
    }

    @Override
    void readAgain(long nowNanos) {
        link.heard(nowNanos);
    }

    @Override
    public String toString() {
        return "remote=" + remoteAddress() + " phone=" + link.phone();
    }
}
