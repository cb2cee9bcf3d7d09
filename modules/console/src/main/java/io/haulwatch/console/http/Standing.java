package io.haulwatch.console.http;

import io.haulwatch.console.personal.Sight;
import io.haulwatch.store.scope.Scope;
import java.util.function.IntSupplier;

/**
 * Whether the session behind an open socket still allows what the socket gets. Looked at every few seconds by a thread that may wait, read by
 * threads that may not.
 */
public final class Standing implements IntSupplier {
    /** The session is over: sign in again. */
    public static final int SESSION_ENDED = 4001;
    /** The rights have changed: connect again. */
    public static final int RIGHTS_CHANGED = 4003;

    private final Credential credential;
    private final String address;
    private final String route;
    private final Scope scope;
    private final Sight sight;
    private final boolean wall;
    private final Admission admission;
    private final SocketGate gate;
    private volatile int code;

    Standing(
            Credential credential,
            String address,
            String route,
            Scope scope,
            Sight sight,
            boolean wall,
            Admission admission,
            SocketGate gate) {
        this.credential = credential;
        this.address = address;
        this.route = route;
        this.scope = scope;
        this.sight = sight;
        this.wall = wall;
        this.admission = admission;
        this.gate = gate;
    }

    /** 0 while it stands, else the code to close the socket with. */
    @Override
    public int getAsInt() {
        return code;
    }

    /** The socket is open; it is looked after until {@link #end}. */
    public Standing begin() {
        gate.watch(this);
        return this;
    }

    /** What of drivers the socket may tell; it is closed when that changes. */
    public Sight sight() {
        return sight;
    }

    /** Whether a big screen listens, which learns no plate and no name. */
    public boolean wall() {
        return wall;
    }

    /** The socket is closed; nobody looks any more. */
    public void end() {
        gate.forget(this);
    }

    void check() {
        code = admission.standing(credential, address, route, scope, sight);
    }
}
