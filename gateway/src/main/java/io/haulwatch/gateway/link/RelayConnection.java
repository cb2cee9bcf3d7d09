package io.haulwatch.gateway.link;

import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import java.util.function.Consumer;

/**
 * A connection of a declared relay (转发平台): a platform of a carrier or a maker that passes on what many terminals say, each frame under the
 * phone of its terminal. Only configured addresses get one. The relay vouches for who speaks, so nobody authenticates here; but each phone has
 * to be in the register, and what is not is refused and shown. Its terminals are online as if they had connected themselves; ending one
 * leaves the others alone.
 */
public final class RelayConnection extends Connection {
    private final RelayedTerminals terminals = new RelayedTerminals();

    /** A connection of {@code lane}'s event loop. */
    public RelayConnection(Lane lane, SignOnDesk desk) {
        super(lane, desk);
    }

    @Override
    void take(FrameView frame) {
        TerminalLink link = terminals.find(frame);
        if (link == null) {
            Terminal known = desk.known(frame.phone());
            link = new TerminalLink(this);
            if (known == null) {
                // Kept nowhere: the next frame of this phone asks the register again.
                desk.strangerOfRelay(link, frame);
                return;
            }
            TerminalAddress address = TerminalAddress.of(frame);
            terminals.add(frame, link);
            desk.relayed(link, address, known);
        }
        link.heard(lane.nowNanos());
        TerminalAddress bound = link.address();
        if (bound != null) {
            link.take(frame, bound);
        }
    }

    @Override
    boolean feedsLog() {
        return true;
    }

    @Override
    boolean awaitsSignOn() {
        return false;
    }

    @Override
    int mostGarbage() {
        return lane.limits.garbage();
    }

    @Override
    void bad(Rejection cause) {
        // Whose they were cannot be said.
        counters.rejected.count(cause);
    }

    @Override
    boolean relays() {
        return true;
    }

    @Override
    void gone() {
        // One burst, so that what is said of thousands of links is one group.
        lane.enterBurst();
        terminals.clear(link -> link.ended(closeCause()));
    }

    @Override
    void forEachLink(Consumer<TerminalLink> each) {
        terminals.forEach(each);
    }

    @Override
    void end(TerminalLink link, CloseCause cause) {
        if (terminals.remove(link)) {
            counters.relayedEnded.count(cause);
            link.ended(cause);
        }
    }

    @Override
    void endAfterAnswers(TerminalLink link, CloseCause cause) {
        end(link, cause);
    }

    @Override
    void readAgain(long nowNanos) {
        terminals.forEach(link -> link.heard(nowNanos));
    }

    @Override
    public String toString() {
        return "relay=" + remoteAddress() + " terminals=" + terminals.size();
    }
}
