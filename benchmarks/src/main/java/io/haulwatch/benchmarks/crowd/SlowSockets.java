package io.haulwatch.benchmarks.crowd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Sockets that come to the terminals' port and never sign on: every other one says nothing, the rest send one byte of a registration each
 * ten seconds. One that the service closes is opened again until the time is over, so that the number stays. Prints how long each was borne.
 *
 * <p>{@code SlowSockets PORT SOCKETS SECONDS}; loopback only.
 */
public final class SlowSockets {
    private static final long BYTE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** The begin of a registration (0x0100). */
    private static final byte[] REGISTRATION = {0x7e, 0x01, 0x00, 0x00, 0x2d, 0x01, 0x38, 0x00, 0x13, (byte) 0x80};

    private static final int MOST_LIVES = 1_000_000;
    /**
     * More would overflow the system's queue of connections that no service has accepted yet. The system lets those wait for seconds
     * without a word, and their peer believes that they are open.
     */
    private static final int OPEN_A_SECOND = 2_000;

    private final InetSocketAddress service;
    private final Selector selector;
    private final long[] lives = new long[MOST_LIVES];
    private int ended;
    private int refused;

    private static final class Guest {
        private final boolean silent;
        private long since;
        private long nextByte;
        private int sent;

        Guest(boolean silent) {
            this.silent = silent;
        }
    }

    private SlowSockets(int port) throws IOException {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.selector = Selector.open();
    }

    public static void main(String[] arguments) throws IOException {
        int sockets = Integer.parseInt(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        new SlowSockets(Integer.parseInt(arguments[0])).run(sockets, TimeUnit.SECONDS.toNanos(seconds));
    }

    private void run(int sockets, long nanos) throws IOException {
        long began = System.nanoTime();
        List<Guest> waiting = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            waiting.add(new Guest(i % 2 == 0));
        }
        int most = 0;
        long opened = 0;
        while (System.nanoTime() - began < nanos) {
            long may = (System.nanoTime() - began) / (TimeUnit.SECONDS.toNanos(1) / OPEN_A_SECOND);
            for (; opened < may; opened++) {
                if (!waiting.isEmpty()) {
                    connect(waiting.removeLast());
                }
            }
            selector.select(10);
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                SelectionKey key = keys.next();
                Guest guest = (Guest) key.attachment();
                if (!alive(key, guest)) {
                    key.cancel();
                    key.channel().close();
                    waiting.add(guest);
                }
            }
            drip();
            most = Math.max(most, selector.keys().size());
        }
        int open = 0;
        long oldest = 0;
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Guest guest && guest.since != 0) {
                open++;
                oldest = Math.max(oldest, System.nanoTime() - guest.since);
            }
        }
        long[] sorted = Arrays.copyOf(lives, ended);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%d sockets, at most %d at once: closed by the service %d after s p50 %.1f p99 %.1f max %.1f, not let in %d, open at the end %d, oldest of them %.1f s%n",
                sockets,
                most,
                ended,
                seconds(sorted, 50),
                seconds(sorted, 99),
                seconds(sorted, 100),
                refused,
                open,
                oldest / 1e9);
    }

    private static double seconds(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e9;
    }

    private void connect(Guest guest) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        guest.since = 0;
        guest.sent = 0;
        channel.register(selector, SelectionKey.OP_CONNECT, guest);
        channel.connect(service);
    }

    private boolean alive(SelectionKey key, Guest guest) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                guest.since = System.nanoTime();
                guest.nextByte = guest.since;
                key.interestOps(SelectionKey.OP_READ);
                return true;
            }
            if (channel.read(ByteBuffer.allocate(64)) >= 0) {
                return true;
            }
        } catch (IOException e) {
            if (guest.since == 0) {
                refused++;
                return false;
            }
        }
        ended(guest);
        return false;
    }

    private void ended(Guest guest) {
        if (ended < MOST_LIVES) {
            lives[ended++] = System.nanoTime() - guest.since;
        }
    }

    private void drip() {
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
            Guest guest = (Guest) key.attachment();
            if (!key.isValid() || guest.silent || guest.since == 0 || guest.nextByte > now) {
                continue;
            }
            guest.nextByte = now + BYTE_EVERY_NANOS;
            try {
                int unused = ((SocketChannel) key.channel())
                        .write(ByteBuffer.wrap(REGISTRATION, guest.sent++ % REGISTRATION.length, 1));
            } catch (IOException e) {
                // The next look at this socket finds its end and counts it.
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }
}
