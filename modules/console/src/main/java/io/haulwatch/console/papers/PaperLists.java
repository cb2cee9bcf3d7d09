package io.haulwatch.console.papers;

import io.haulwatch.console.duties.Services;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.DriverNumber;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperCalendar;
import io.haulwatch.model.paper.PaperCalendar.Bar;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.paper.PaperVersion;
import io.haulwatch.model.paper.PaperVersion.Review;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a company, its trucks and its drivers stand with each kind of paper, those that they lack too. */
public final class PaperLists {
    private static final Comparator<Judged> WORST_FIRST = Comparator.comparingInt(PaperLists::rank)
            .thenComparingDouble(each -> -each.state.risk())
            .thenComparing(each -> each.line.expires == null ? "9999" : each.line.expires)
            .thenComparing(each -> each.line.ownerLabel)
            .thenComparing(each -> each.line.kind)
            .thenComparingInt(each -> each.line.ownerId);

    private static final PaperKind SERVICE = PaperKind.VEH_MAINTENANCE2;

    /** Lines kept of all companies together: some 30 MiB. */
    private static final int MOST_KEPT = 100_000;

    private final Services known;
    private final WhileRegisterStands<OfDay, Judgement> kept;

    public PaperLists(Services services, InstantSource clock) {
        this.known = services;
        this.kept = new WhileRegisterStands<>(MOST_KEPT, judgement -> judgement.lines.size(), clock);
    }

    /** One company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, LocalDate day) {}

    /** @param services that the lines were made with */
    private record Judgement(Map<Integer, ServiceBook.Service> services, List<Line> lines) {}

    private static PaperState state(Line line) {
        return PaperState.valueOf(line.state.toUpperCase(Locale.ROOT));
    }

    private record Judged(Line line, PaperState state) {}

    /** What is frozen wants nobody. */
    private static int rank(Judged each) {
        return each.state == PaperState.INACTIVE ? 2 : each.line.critical && each.state.stops() ? 0 : 1;
    }

    /** Whose paper of which kind. */
    private record Key(Owner owner, int id, String kind) {}

    /** One stored version as far as a list needs it. */
    private record Stored(Key key, PaperVersion version, String number, String category) {}

    /** All lines of a company, the worst first. */
    public List<Line> ofCompany(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        Map<Integer, ServiceBook.Service> services = known.of(connection, companyId, today);
        return kept.of(
                        connection,
                        new OfDay(scope, companyId, today),
                        judgement -> judgement.services.equals(services),
                        () -> new Judgement(services, judged(connection, scope, companyId, services, today)))
                .lines;
    }

    private static List<Line> judged(
            Connection connection,
            Scope scope,
            int companyId,
            Map<Integer, ServiceBook.Service> services,
            LocalDate today)
            throws SQLException {
        List<PaperOwner> owners = owners(connection, scope, companyId);
        Map<Key, List<Stored>> stored = new LinkedHashMap<>();
        new SqlText("""
                select owner_kind, owner_id, kind, paper_id, review, issued, expires, number, category from hw.paper
                where effective_to > now() and review <> 'rejected'
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(connection, row -> {
                    Stored one = stored(row);
                    return stored.computeIfAbsent(one.key, key -> new ArrayList<>(2))
                            .add(one);
                });
        Set<Key> held = new HashSet<>(
                new SqlText("select owner_kind, owner_id, kind from hw.paper_hold where lifted_at is null")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId)
                        .list(connection, row -> key(row)));
        Set<Integer> laidUp = new HashSet<>(new SqlText("select vehicle_id from hw.laid_up(?) where true", today)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(connection, row -> row.getInt(1)));
        List<Line> lines = new ArrayList<>();
        Map<Owner, Map<Integer, List<Key>>> kept = new LinkedHashMap<>();
        stored.keySet()
                .forEach(key -> kept.computeIfAbsent(key.owner, owner -> new LinkedHashMap<>())
                        .computeIfAbsent(key.id, id -> new ArrayList<>())
                        .add(key));
        for (PaperOwner owner : owners) {
            Set<String> kinds = new HashSet<>();
            boolean frozen = owner.kind() == Owner.VEHICLE && laidUp.contains(owner.id());
            ServiceBook.Service service = owner.kind() == Owner.VEHICLE ? services.get(owner.id()) : null;
            if (service != null) {
                kinds.add(SERVICE.code());
                lines.add(line(owner, service, today));
            }
            for (Key key : kept.getOrDefault(owner.kind(), Map.of()).getOrDefault(owner.id(), List.of())) {
                if (service != null && key.kind.equals(SERVICE.code())) {
                    continue;
                }
                kinds.add(key.kind);
                lines.add(line(
                        owner, key, stored.getOrDefault(key, List.of()), Bar.of(held.contains(key), frozen), today));
            }
            for (PaperKind kind : PaperKind.values()) {
                if (kind.isNeededBy(owner.kind(), owner.vehicleClass()) && !kinds.contains(kind.code())) {
                    lines.add(line(
                            owner,
                            new Key(owner.kind(), owner.id(), kind.code()),
                            List.of(),
                            Bar.of(false, frozen),
                            today));
                }
            }
        }
        // A large company has tens of thousands: each is judged once, not at each comparison.
        return lines.stream()
                .map(line -> new Judged(line, state(line)))
                .sorted(WORST_FIRST)
                .map(Judged::line)
                .toList();
    }

    private static Line line(PaperOwner owner, Key key, List<Stored> all, Bar bar, LocalDate today) {
        PaperKind kind = PaperKind.of(key.kind);
        List<PaperVersion> versions = all.stream().map(Stored::version).toList();
        PaperVersion best = PaperCalendar.best(versions, today).orElse(null);
        Long waiting = versions.stream()
                .filter(version -> version.review() == Review.PENDING)
                .map(PaperVersion::id)
                .max(Comparator.naturalOrder())
                .orElse(null);
        LocalDate expires = best == null ? null : best.expires();
        Stored counted = all.stream()
                .filter(each -> best != null && each.version.id() == best.id())
                .findFirst()
                .orElse(null);
        return new Line(
                owner.kind().name(),
                owner.id(),
                owner.label(),
                key.kind,
                best == null ? null : (Long) best.id(),
                counted == null ? null : counted.number,
                counted == null ? "" : counted.category,
                best == null || best.issued() == null ? null : best.issued().toString(),
                expires == null ? null : expires.toString(),
                PaperCalendar.of(kind, versions, bar, today).word(),
                expires == null || bar == Bar.LAID_UP ? null : (Long) ChronoUnit.DAYS.between(today, expires),
                kind == null || bar == Bar.LAID_UP
                        ? null
                        : PaperCalendar.step(kind, expires, today).orElse(null),
                kind != null && kind.isCritical(),
                waiting);
    }

    /** A truck whose services are recorded is due by them, not by a paper. */
    private static Line line(PaperOwner owner, ServiceBook.Service service, LocalDate today) {
        return new Line(
                owner.kind().name(),
                owner.id(),
                owner.label(),
                SERVICE.code(),
                null,
                null,
                "",
                service.doneOn().toString(),
                service.dueOn().toString(),
                service.state().word(),
                service.isCounted() ? (Long) ChronoUnit.DAYS.between(today, service.dueOn()) : null,
                service.isCounted()
                        ? PaperCalendar.step(SERVICE, service.dueOn(), today).orElse(null)
                        : null,
                false,
                null);
    }

    private static List<PaperOwner> owners(Connection connection, Scope scope, int companyId) throws SQLException {
        List<PaperOwner> owners = new ArrayList<>();
        PaperOwner company =
                PaperOwner.find(connection, scope, Owner.COMPANY, companyId).orElse(null);
        if (company == null) {
            return owners;
        }
        owners.add(company);
        new SqlText("select vehicle_id, plate, vehicle_class from hw.vehicle where retired_at is null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(
                        connection,
                        row -> owners.add(new PaperOwner(
                                Owner.VEHICLE,
                                row.getInt(1),
                                row.getString(2),
                                companyId,
                                company.label(),
                                VehicleClass.valueOf(row.getString(3)))));
        new SqlText("select driver_id, name from hw.driver where retired_at is null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(
                        connection,
                        row -> owners.add(new PaperOwner(
                                Owner.DRIVER, row.getInt(1), row.getString(2), companyId, company.label(), null)));
        return owners;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                key(row),
                new PaperVersion(
                        row.getLong("paper_id"),
                        Review.valueOf(row.getString("review").toUpperCase(Locale.ROOT)),
                        row.getObject("issued", LocalDate.class),
                        row.getObject("expires", LocalDate.class)),
                row.getString("number"),
                row.getString("category"));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(Owner.valueOf(row.getString("owner_kind")), row.getInt("owner_id"), row.getString("kind"));
    }

    /** How many lines stand where; one that waits for a review counts there besides. */
    static Map<String, Integer> counts(List<Line> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Line line : lines) {
            counts.merge(line.state, 1, Integer::sum);
            if (line.waiting != null && !line.state.equals(PaperState.PENDING_REVIEW.word())) {
                counts.merge(PaperState.PENDING_REVIEW.word(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * One owner's standing with one kind.
     *
     * @param id of the version that counts; null if none does
     * @param category what it allows: class of a licence, sort of goods of a qualification
     * @param days until its last valid day, negative since; null while it is frozen
     * @param step warning step that it has reached, days
     * @param waiting newest version that nobody has agreed to yet
     */
    public record Line(
            String ownerKind,
            int ownerId,
            @DriverName String ownerLabel,
            String kind,
            @Nullable Long id,
            @DriverNumber @Nullable String number,
            String category,
            @Nullable String issued,
            @Nullable String expires,
            String state,
            @Nullable Long days,
            @Nullable Integer step,
            boolean critical,
            @Nullable Long waiting)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }

        /** Whether it stands there, or waits for a review besides. */
        boolean isIn(Set<String> states) {
            return states.isEmpty()
                    || states.contains(state)
                    || (waiting != null && states.contains(PaperState.PENDING_REVIEW.word()));
        }
    }
}
