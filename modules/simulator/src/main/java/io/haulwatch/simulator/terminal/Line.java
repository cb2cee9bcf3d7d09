package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.frame.FrameSplitter;
import io.netty.buffer.ByteBuf;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to the platform and who speaks over it: one terminal, or all terminals of a relay. */
final class Line {
    final FrameSplitter splitter = new FrameSplitter();
    final boolean relay;
    /** By phone. */
    final Map<String, Terminal> terminals = new HashMap<>();

    @Nullable
    SocketChannel channel;

    @Nullable
    SelectionKey key;

    @Nullable
    ByteBuf unsent;

    /** Connected. */
    boolean up;

    Line(boolean relay) {
        this.relay = relay;
    }
}
