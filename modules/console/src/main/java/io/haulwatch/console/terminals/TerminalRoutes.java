package io.haulwatch.console.terminals;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.TerminalDoor;
import io.haulwatch.console.port.TerminalDoor.Refusals;
import io.haulwatch.console.port.TerminalDoor.Refused;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.Scope;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Terminals that knock and are not let in: a truck whose paperwork is late, a device in another truck, a stranger. */
public final class TerminalRoutes {
    private final TerminalDoor door;

    public TerminalRoutes(TerminalDoor door) {
        this.door = door;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/terminals/refused", Right.SEE_REFUSED_TERMINALS, this::refused));
    }

    /** @param total how many match, {@code items} holding the newest of them */
    private record RefusedList(List<RefusedView> items, int total, long forgotten) {}

    /** Times in UTC, as everywhere in the API. */
    private record RefusedView(
            String phone,
            String address,
            String reason,
            long times,
            String firstAt,
            String lastAt,
            TerminalDoor.@Nullable Registration registration) {
        static RefusedView of(Refused refused) {
            return new RefusedView(
                    refused.phone(),
                    refused.address(),
                    refused.reason(),
                    refused.times(),
                    Json.time(refused.firstAt()),
                    Json.time(refused.lastAt()),
                    refused.registration());
        }
    }

    private Answer refused(Call call) {
        if (!call.scope().equals(Scope.ALL)) {
            throw Refusal.notAllowed(
                    "Terminals that were not let in belong to no company: this needs a scope of all companies.");
        }
        String query = call.search("query");
        Refusals all = door.refusals();
        List<Refused> found =
                all.newestFirst().stream().filter(each -> matches(each, query)).toList();
        return Answer.json(new RefusedList(
                found.stream().limit(call.limit()).map(RefusedView::of).toList(), found.size(), all.forgotten()));
    }

    private static boolean matches(Refused refused, @Nullable String query) {
        if (query == null) {
            return true;
        }
        String text = query.toUpperCase(Locale.ROOT);
        TerminalDoor.Registration said = refused.registration();
        return refused.phone().contains(text)
                || refused.address().contains(text)
                || (said != null
                        && (said.plate().toUpperCase(Locale.ROOT).contains(text)
                                || said.terminalId().toUpperCase(Locale.ROOT).contains(text)));
    }
}
