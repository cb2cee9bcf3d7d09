package io.haulwatch.gateway;

import io.haulwatch.gateway.auth.AuthenticationCodes;
import io.haulwatch.gateway.auth.ServerKey;
import io.haulwatch.gateway.command.CommandDesk;
import io.haulwatch.gateway.command.CommandPort;
import io.haulwatch.gateway.command.Commands;
import io.haulwatch.gateway.diary.Diaries;
import io.haulwatch.gateway.link.DirectConnection;
import io.haulwatch.gateway.link.Lane;
import io.haulwatch.gateway.link.MediaDesk;
import io.haulwatch.gateway.link.RelayConnection;
import io.haulwatch.gateway.link.Sessions;
import io.haulwatch.gateway.link.SignOnDesk;
import io.haulwatch.gateway.media.MediaPort;
import io.haulwatch.gateway.media.MediaRoom;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.register.RefusedTerminals;
import io.haulwatch.gateway.register.RegisterPort;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.log.GroupCommitter;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.report.TickRecord;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for terminals of all three editions on one port. A report is in the log, durable, before its terminal is told so; everything
 * else about a terminal (who it is, what it is asked to do) comes through ports that may be down for a while.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final int BACKLOG = 4_096;
    private static final int LEAST_READ = 256;
    private static final int FIRST_READ = 512;
    private static final int MOST_READ = 4_096;
    private static final int WRITE_LOW = 32 * 1024;
    private static final int WRITE_HIGH = 64 * 1024;
    private static final long QUIET_MILLIS = 2_000;
    private static final int REFUSED_REMEMBERED = 1_000;
    private static final long MEDIA_ROOM_BYTES = 64L * 1024 * 1024;

    private final ReportLog log;
    private final GroupCommitter committer;
    /** Takes connections in and does nothing else: a flood of them waits for no report that is read, and no report for it. */
    private final MultiThreadIoEventLoopGroup acceptor;

    private final MultiThreadIoEventLoopGroup loops;
    private final Map<EventLoop, Lane> lanes = new HashMap<>();
    private final GatewayCounters counters;
    private final Sessions sessions;
    private final Commands commands;
    private final RefusedTerminals refusals = new RefusedTerminals(REFUSED_REMEMBERED);
    private final Diaries diaries;
    private final MediaRoom mediaRoom = new MediaRoom(MEDIA_ROOM_BYTES);
    private final Channel server;
    private final List<Future<?>> periodic;
    private final InstantSource clock;

    private Gateway(
            GatewayOptions options,
            ServerKey key,
            ReportLog log,
            TerminalRegister register,
            RegisterPort registerPort,
            CommandPort commandPort,
            MediaPort mediaPort,
            InstantSource clock,
            LongSupplier nanoTime)
            throws IOException {
        this.log = log;
        this.clock = clock;
        this.counters = new GatewayCounters();
        this.sessions = new Sessions();
        this.commands = new Commands(commandPort, counters, clock::millis, sessions::byVehicle);
        boolean epoll = options.nativeTransport() && Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.acceptor = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("gateway-door"), io);
        this.loops = new MultiThreadIoEventLoopGroup(options.eventLoops(), new DefaultThreadFactory("gateway"), io);
        this.committer = new GroupCommitter(log, options.groupTime(), options.groupBytes(), nanos -> {});
        this.diaries = new Diaries(clock::millis);
        SignOnDesk desk = new SignOnDesk(
                register,
                registerPort,
                options.enrolUnknown(),
                options.failuresPerAddress(),
                options.failuresPerPhone(),
                sessions,
                commands,
                counters,
                refusals,
                diaries,
                new MediaDesk(mediaPort, mediaRoom, counters),
                clock::millis);
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            Lane lane = new Lane(
                    loop,
                    log,
                    committer,
                    new AuthenticationCodes(key),
                    options.limits(),
                    counters,
                    options.gather(),
                    clock,
                    nanoTime);
            lanes.put(loop, lane);
            loop.execute(lane::start);
        }
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(WRITE_LOW, WRITE_HIGH))
                .childHandler(new Accepting(options, desk))
                .bind(new InetSocketAddress(options.host(), options.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            committer.close();
            acceptor.shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(QUIET_MILLIS);
            loops.shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(QUIET_MILLIS);
            throw new IOException(
                    "cannot listen for terminals on " + options.host() + ":" + options.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        server = bound.channel();
        EventLoop first = (EventLoop) loops.iterator().next();
        var ticking = first.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MINUTES);
        var looking = first.scheduleWithFixedDelay(() -> everyFewSeconds(register), 1, 2, TimeUnit.SECONDS);
        periodic = List.of(ticking, looking);
    }

    /**
     * Starts listening.
     *
     * @param log open; stays the caller's to close, after {@link #close}
     * @param register filled already, if there is a copy
     * @param clock receive time
     * @throws IOException with a sentence for people: the port is in use, the server key cannot be read
     */
    public static Gateway start(
            GatewayOptions options,
            ReportLog log,
            TerminalRegister register,
            RegisterPort registerPort,
            CommandPort commandPort,
            MediaPort mediaPort,
            MeterRegistry meters,
            InstantSource clock)
            throws IOException {
        ServerKey key = ServerKey.openOrCreate(options.keyFolder(), new SecureRandom());
        Gateway gateway =
                new Gateway(options, key, log, register, registerPort, commandPort, mediaPort, clock, System::nanoTime);
        gateway.bind(meters);
        LOG.info("listening for terminals on {}", gateway.address());
        return gateway;
    }

    private final class Accepting extends ChannelInitializer<SocketChannel> {
        private final int most;
        private final Set<InetAddress> relays;
        private final SignOnDesk desk;

        private Accepting(GatewayOptions options, SignOnDesk desk) {
            this.most = options.maxConnections();
            this.relays = options.relays();
            this.desk = desk;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            Lane lane = lanes.get(channel.eventLoop());
            if (lane == null) {
                throw new IllegalStateException("a channel of no lane: channel=" + channel);
            }
            counters.accepted.increment();
            if (counters.connections.sum() >= most && !lane.evictUnauthenticated()) {
                counters.overCap.increment();
                var unused = channel.close();
                return;
            }
            boolean relay = relays.contains(channel.remoteAddress().getAddress());
            channel.pipeline().addLast(relay ? new RelayConnection(lane, desk) : new DirectConnection(lane, desk));
        }
    }

    private void bind(MeterRegistry meters) {
        counters.bind(meters);
        Gauge.builder("haulwatch.terminals.online", sessions, Sessions::size)
                .description("Terminals signed on")
                .register(meters);
        Gauge.builder("haulwatch.files.held.bytes", mediaRoom, MediaRoom::held)
                .description("Media in memory that are not whole or not stored yet")
                .register(meters);
        Gauge.builder("haulwatch.log.waiting.bytes", committer, GroupCommitter::waitingBytes)
                .description("Bytes that wait to be made durable")
                .register(meters);
        FunctionCounter.builder("haulwatch.log.groups", committer, GroupCommitter::groups)
                .description("Groups made durable")
                .register(meters);
        FunctionCounter.builder("haulwatch.log.records", committer, GroupCommitter::records)
                .description("Records made durable")
                .register(meters);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Who is signed on. */
    public Sessions sessions() {
        return sessions;
    }

    /** Where the console hands in commands. */
    public CommandDesk commandDesk() {
        return commands;
    }

    /** Who was not let in. */
    public RefusedTerminals refusedTerminals() {
        return refusals;
    }

    /** What is remembered of each terminal since the start. */
    public Diaries diaries() {
        return diaries;
    }

    /** Everything counted. */
    public GatewayCounters counters() {
        return counters;
    }

    /** Whether reports are acknowledged now, and if not, why. */
    public ReportLog.Availability acknowledging() {
        return log.availability();
    }

    /** The minute hand for rules that have no clock. */
    void tick() {
        counters.acknowledgement.rotate();
        commands.endOverdue();
        byte[] record = new byte[TickRecord.LENGTH];
        new TickRecord(clock.millis()).write(ByteBuffer.wrap(record), 0);
        for (int partition = 0; partition < log.partitions(); partition++) {
            var unused = committer.submit(partition, record).whenComplete((done, failure) -> {
                if (failure != null) {
                    counters.ticksLost.increment();
                }
            });
        }
    }

    private void everyFewSeconds(TerminalRegister register) {
        commands.retry();
        lanes.forEach((loop, lane) -> loop.execute(() -> lane.checkRegister(register)));
    }

    /** Stops listening, closes all connections, appends what was read. Reports not durable by then stay unacknowledged. */
    @Override
    public void close() {
        periodic.forEach(task -> task.cancel(false));
        server.close().awaitUninterruptibly();
        CountDownLatch closed = new CountDownLatch(lanes.size());
        List<EventLoop> all = new ArrayList<>(lanes.keySet());
        for (EventLoop loop : all) {
            Lane lane = lanes.get(loop);
            loop.execute(() -> {
                if (lane != null) {
                    lane.closeAll(CloseCause.SHUTDOWN);
                }
                closed.countDown();
            });
        }
        try {
            if (!closed.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("connections were not all closed within {} ms", QUIET_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        committer.close();
        acceptor.shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(QUIET_MILLIS);
        loops.shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * QUIET_MILLIS);
    }
}
