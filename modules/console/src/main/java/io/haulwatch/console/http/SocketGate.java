package io.haulwatch.console.http;

import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.store.scope.Scope;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before each WebSocket, and looks again and again whether those that are open may stay so. */
public final class SocketGate {
    /** The one protocol of our WebSockets; a big screen's token stands beside it. */
    public static final String PROTOCOL = "haulwatch-wall";

    private final Admission admission;
    private final OriginRule origins;
    private final ClientAddress addresses;
    private final WaitingRoom room;
    private final Replies replies;
    private final Set<Standing> standings = ConcurrentHashMap.newKeySet();

    SocketGate(Admission admission, OriginRule origins, ClientAddress addresses, WaitingRoom room, Replies replies) {
        this.admission = admission;
        this.origins = origins;
        this.addresses = addresses;
        this.room = room;
        this.replies = replies;
    }

    /**
     * The session behind a WebSocket's opening request, found on a virtual thread; {@code granted} runs on the request's context. The
     * request is refused otherwise.
     *
     * @param route method and path, as the table of access names it
     */
    public void open(RoutingContext context, String route, Opening granted) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(context, Refusal.badValue("This address is a WebSocket; open it with an upgrade."));
            return;
        }
        if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            refuse(context, Refusal.notAllowed("The page's origin is not the console's own."));
            return;
        }
        Credential credential = admission.credential(context);
        String address = addresses.of(request);
        Context loop = context.vertx().getOrCreateContext();
        request.pause();
        room.run(context, loop, () -> {
            SignedIn who = admission.signedIn(credential, address, route);
            Scope scope = admission.scope(who);
            Set<TokenScope> scopes = who.tokenScopes();
            boolean wall = scopes != null && scopes.contains(TokenScope.WALL);
            Standing standing =
                    new Standing(credential, address, route, scope, Sight.of(who.role()), wall, admission, this);
            loop.runOnContext(nothing -> {
                request.resume();
                granted.open(scope, standing);
            });
        });
    }

    /** Takes over an opening request; {@link Standing#begin} when the socket is open. */
    @FunctionalInterface
    public interface Opening {
        void open(Scope scope, Standing standing);
    }

    /** Answers with the problem document of what went wrong. */
    public void refuse(RoutingContext context, Throwable problem) {
        replies.refuse(context, problem);
    }

    void watch(Standing standing) {
        standings.add(standing);
    }

    /** Looks at the sessions of all open sockets; may wait for the database. */
    public void check() {
        standings.forEach(Standing::check);
    }

    void forget(Standing standing) {
        standings.remove(standing);
    }
}
