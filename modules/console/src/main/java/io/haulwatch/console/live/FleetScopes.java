package io.haulwatch.console.live;

import io.haulwatch.store.scope.Scope;

/** Which companies a scope shows. */
public final class FleetScopes {
    private FleetScopes() {}

    /** Whether a company lies in a scope. */
    public static boolean sees(Scope scope, int companyId) {
        return switch (scope) {
            case Scope.All all -> true;
            case Scope.OneDriver driver -> false;
            case Scope.Companies companies -> companies.ids().contains(companyId);
        };
    }
}
