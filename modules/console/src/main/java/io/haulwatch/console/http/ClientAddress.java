package io.haulwatch.console.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;

/**
 * Where a request comes from. Behind the declared proxy that is what the proxy appended to {@code X-Forwarded-For}, behind the last comma or as
 * a line of its own behind the client's; the header is not looked at otherwise, because anybody can send it.
 *
 * @param behindProxy whether a proxy was declared
 */
public record ClientAddress(boolean behindProxy) {
    private static final int LONGEST = 45;

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
