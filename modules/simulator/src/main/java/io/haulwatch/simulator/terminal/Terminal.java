package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.parameter.Parameter;
import java.util.Map;

/** One terminal's state; everything is done by the fleet's one thread. */
final class Terminal {
    enum State {
        DOWN,
        CONNECTING,
        REGISTERING,
        AUTHENTICATING,
        ONLINE
    }

    final Identity identity;
    final TerminalAddress address;
    final Line line;

    State state = State.DOWN;

    String code = "";
    int serial;
    /** Next report step that was not acknowledged. */
    long nextStep;
    /** The message in flight: its serial (−1 for none), its first and last step, when it was sent. */
    int flightSerial = -1;

    long flightFirst;
    long flightLast;
    boolean flightHistory;
    int flightPositions;
    long sentNanos;
    int tries;
    /** A card reader has told of the driver's card on this connection. */
    boolean cardTold;

    long retryNanos;
    long failures;
    /** It was told to restart and has said yes. */
    boolean restarts;
    /** Id of the last picture that it took. */
    long mediaId;
    /** What the platform has set, by id; nothing until it sets something. */
    Map<Long, Parameter> settings = Map.of();

    /** What the platform told it to watch by itself. */
    final Areas areas;

    Terminal(Identity identity, Line line) {
        this.identity = identity;
        this.areas = new Areas(identity.truck());
        this.line = line;
        this.address = TerminalAddress.of(identity.phone(), identity.edition() == Edition.V2019);
    }

    /** Serials of a message in so many packages. @return the first */
    int nextSerials(int packages) {
        int s = serial;
        serial = (serial + packages) & 0xFFFF;
        return s;
    }

    int nextSerial() {
        int s = serial;
        serial = (serial + 1) & 0xFFFF;
        return s;
    }
}
