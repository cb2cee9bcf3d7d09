package io.haulwatch.console.risk;

import io.haulwatch.console.duties.Services;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.scope.Scope;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the required papers of trucks and drivers stand; those of a whole company are kept while nobody changes register or papers. Thread-safe. */
final class SubjectPapers {
    private static final int DAYS_30 = 30;
    private static final int DAYS_7 = 7;
    /** Last days of papers, kept of all companies together. */
    private static final int MOST_KEPT = 100_000;

    private final Services services;
    private final WhileRegisterStands<OfDay, Standing> kept;

    SubjectPapers(Services services, InstantSource clock) {
        this.services = services;
        this.kept = new WhileRegisterStands<>(MOST_KEPT, Standing::rows, clock);
    }

    /** The trucks or drivers of one company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, Subject subject, LocalDate day) {}

    /**
     * What register and papers say of required papers, by owner.
     *
     * @param last valid day by kind
     * @param waiting kinds that were sent and that nobody has looked at
     * @param laidUp trucks whose papers are frozen: they need none meanwhile
     */
    private record Standing(
            Map<Integer, Map<String, LocalDate>> last, Map<Integer, List<String>> waiting, Set<Integer> laidUp) {
        int rows() {
            return last.values().stream().mapToInt(Map::size).sum() + waiting.size() + laidUp.size();
        }
    }

    /** A required paper. @param risk 0..1 as the sheet weighs its state, 0 in order @param day last valid day, null if there is none */
    record Gap(
            String kind, int weight, double risk, @Nullable String day) {}

    /** Required papers with what their state weighs; of a truck whose services are recorded those count, of one that is laid up nothing. */
    Map<Integer, List<Gap>> gaps(Asked asked, List<Integer> ids) throws SQLException {
        LocalDate today = asked.today();
        Standing standing = asked.only() == null
                ? kept.of(
                        asked.connection(),
                        new OfDay(asked.scope(), asked.companyId(), asked.subject(), today),
                        any -> true,
                        () -> standing(asked))
                : standing(asked);
        Map<Integer, ServiceBook.Service> due =
                asked.subject() == Subject.TRUCK ? services.of(asked.connection(), asked.companyId(), today) : Map.of();
        Map<Integer, List<Gap>> found = new HashMap<>();
        for (int id : ids) {
            List<Gap> gaps = new ArrayList<>();
            if (standing.laidUp.contains(id)) {
                found.put(id, gaps);
                continue;
            }
            for (PaperKind kind : asked.subject().papers) {
                ServiceBook.Service service = kind == PaperKind.VEH_MAINTENANCE2 ? due.get(id) : null;
                LocalDate until = standing.last.getOrDefault(id, Map.of()).get(kind.code());
                boolean waits = standing.waiting.getOrDefault(id, List.of()).contains(kind.code());
                gaps.add(
                        service == null
                                ? new Gap(
                                        kind.code(),
                                        kind.riskWeight(),
                                        risk(until, waits, today),
                                        until == null || until.equals(LocalDate.MAX) ? null : until.toString())
                                : new Gap(
                                        kind.code(),
                                        kind.riskWeight(),
                                        service.state().risk(),
                                        service.dueOn().toString()));
            }
            found.put(id, gaps);
        }
        return found;
    }

    /** How the required papers of all stand. */
    private static Standing standing(Asked asked) throws SQLException {
        Map<Integer, Map<String, LocalDate>> last = new HashMap<>();
        SqlText counted = new SqlText(
                        "select p.owner_id, p.kind, max(p.last_day)::text from hw.paper_counted_on(?) p where p.owner_kind = ?",
                        asked.today(),
                        asked.subject().owner)
                .within(asked.scope(), "p.company_id = any (?)");
        asked.narrowed(counted, "p.", "owner_id")
                .add("group by 1, 2")
                .each(
                        asked.connection(),
                        row -> last.computeIfAbsent(row.getInt(1), id -> new HashMap<>())
                                .put(row.getString(2), day(row.getString(3))));
        Map<Integer, List<String>> waiting = new HashMap<>();
        SqlText pending = new SqlText(
                        "select p.owner_id, p.kind from hw.paper p where p.review = 'pending' and p.effective_to > now()"
                                + " and p.owner_kind = ?",
                        asked.subject().owner)
                .within(asked.scope(), "p.company_id = any (?)");
        asked.narrowed(pending, "p.", "owner_id")
                .each(
                        asked.connection(),
                        row -> waiting.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                .add(row.getString(2)));
        return new Standing(last, waiting, asked.subject() == Subject.TRUCK ? laidUp(asked) : Set.of());
    }

    private static Set<Integer> laidUp(Asked asked) throws SQLException {
        SqlText trucks = new SqlText("select l.vehicle_id from hw.laid_up(?) l where true", asked.today())
                .within(asked.scope(), "l.company_id = any (?)");
        return Set.copyOf(asked.narrowed(trucks, "l.", "vehicle_id").list(asked.connection(), row -> row.getInt(1)));
    }

    private static LocalDate day(String text) {
        return text.equals("infinity") ? LocalDate.MAX : LocalDate.parse(text);
    }

    private static double risk(@Nullable LocalDate until, boolean waits, LocalDate today) {
        if (until == null) {
            return waits ? PaperState.PENDING_REVIEW.risk() : PaperState.MISSING.risk();
        }
        if (until.isBefore(today)) {
            return PaperState.OVERDUE.risk();
        }
        if (!until.isAfter(today.plusDays(DAYS_7))) {
            return PaperState.DUE_URGENT.risk();
        }
        return until.isAfter(today.plusDays(DAYS_30)) ? PaperState.VALID.risk() : PaperState.DUE_SOON.risk();
    }
}
