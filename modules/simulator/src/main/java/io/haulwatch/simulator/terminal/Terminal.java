package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.netty.buffer.ByteBuf;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

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
    final FrameSplitter splitter = new FrameSplitter();

    State state = State.DOWN;

    @Nullable
    SocketChannel channel;

    @Nullable
    SelectionKey key;

    @Nullable
    ByteBuf unsent;

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
    long retryNanos;
    long failures;
    long lastHeardNanos;

    Terminal(Identity identity) {
        this.identity = identity;
        this.address = TerminalAddress.of(identity.phone(), identity.edition() == Edition.V2019);
    }

    int nextSerial() {
        int s = serial;
        serial = (serial + 1) & 0xFFFF;
        return s;
    }
}
