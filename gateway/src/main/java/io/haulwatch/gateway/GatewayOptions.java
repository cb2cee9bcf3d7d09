package io.haulwatch.gateway;

import io.haulwatch.gateway.link.LinkLimits;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a gateway is told.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param keyFolder where the server key is kept
 * @param enrolUnknown unknown terminals are enrolled; otherwise refused
 * @param maxConnections connections open at once; beyond, the oldest that has not authenticated makes room, or the new one is closed
 * @param eventLoops threads that read and write sockets
 * @param nativeTransport epoll where the system has it; otherwise NIO
 * @param groupTime how long a group of records stays open before it is made durable
 * @param gather how long an event loop may look away after it has read little, so that it finds several reports at once
 * @param groupBytes bytes at which a group is made durable at once
 * @param failuresPerAddress failed sign-ons that one source address may cause a minute before failures become cheap
 * @param failuresPerPhone the same for one phone
 * @param limits what one connection may do
 * @param relays addresses whose connections pass on what many terminals say, see {@link io.haulwatch.gateway.link.RelayConnection}
 */
public record GatewayOptions(
        String host,
        int port,
        Path keyFolder,
        boolean enrolUnknown,
        int maxConnections,
        int eventLoops,
        boolean nativeTransport,
        Duration groupTime,
        Duration gather,
        int groupBytes,
        int failuresPerAddress,
        int failuresPerPhone,
        LinkLimits limits,
        Set<InetAddress> relays) {
    /** Terminals, by the contract. */
    public static final int DEFAULT_PORT = 7611;

    /** Nobody notices a millisecond more in an acknowledgement that waits up to five for its group. */
    public static final Duration DEFAULT_GATHER = Duration.ofMillis(1);

    public GatewayOptions {
        if (port < 0 || port > 65_535 || maxConnections < 1 || eventLoops < 1) {
            throw new IllegalArgumentException("port 0 to 65535, at least one connection and one event loop: port="
                    + port + " maxConnections=" + maxConnections + " eventLoops=" + eventLoops);
        }
        relays = Set.copyOf(relays);
    }

    /** What the product starts with, on loopback. */
    public static GatewayOptions defaults(Path keyFolder) {
        return new GatewayOptions(
                "127.0.0.1",
                DEFAULT_PORT,
                keyFolder,
                false,
                100_000,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                true,
                Duration.ofMillis(5),
                DEFAULT_GATHER,
                512 * 1024,
                300,
                20,
                LinkLimits.DEFAULT,
                Set.of());
    }

    public GatewayOptions withAddress(String newHost, int newPort) {
        return new GatewayOptions(
                newHost,
                newPort,
                keyFolder,
                enrolUnknown,
                maxConnections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                relays);
    }

    public GatewayOptions withEnrolUnknown(boolean enrol) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrol,
                maxConnections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                relays);
    }

    public GatewayOptions withMaxConnections(int connections) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                connections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                relays);
    }

    public GatewayOptions withThreads(int loops, boolean epoll) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                maxConnections,
                loops,
                epoll,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                relays);
    }

    public GatewayOptions withGroups(Duration time, int bytes) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                maxConnections,
                eventLoops,
                nativeTransport,
                time,
                gather,
                bytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                relays);
    }

    public GatewayOptions withFailures(int perAddress, int perPhone) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                maxConnections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                perAddress,
                perPhone,
                limits,
                relays);
    }

    public GatewayOptions withLimits(LinkLimits newLimits) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                maxConnections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                newLimits,
                relays);
    }

    public GatewayOptions withRelays(Set<InetAddress> addresses) {
        return new GatewayOptions(
                host,
                port,
                keyFolder,
                enrolUnknown,
                maxConnections,
                eventLoops,
                nativeTransport,
                groupTime,
                gather,
                groupBytes,
                failuresPerAddress,
                failuresPerPhone,
                limits,
                addresses);
    }
}
