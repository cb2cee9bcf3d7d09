package io.haulwatch.console.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a request comes from. Behind the declared proxy that is what the proxy appended to {@code X-Forwarded-For}, behind the last comma or as
 * a line of its own behind the client's; the header is not looked at otherwise, because anybody can send it.
 *
 * @param behindProxy whether a proxy was declared
 */
public record ClientAddress(boolean behindProxy) {
    private static final int LONGEST = 45;
    private static final int NETWORK_BYTES = 8;

    /**
     * What counts as one when somebody is to be slowed down: the address, or of IPv6 the 64 bits of the network, in which a single host takes whatever
     * address it likes.
     */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    public String of(HttpServerRequest request) {
        if (behindProxy) {
            List<String> lines = request.headers().getAll("X-Forwarded-For");
            if (!lines.isEmpty()) {
                String forwarded = lines.getLast();
                String last =
                        forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
                if (!last.isEmpty() && last.length() <= LONGEST) {
                    return last;
                }
            }
        }
        SocketAddress remote = request.remoteAddress();
        return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    }
}
