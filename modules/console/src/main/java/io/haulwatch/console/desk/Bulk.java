package io.haulwatch.console.desk;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One act for several alarms of one rule and one cause, with what became of each. */
final class Bulk {
    private static final int MOST = 100;

    private Bulk() {}

    /** The alarms that a call names, in the order in which rows are held. */
    static List<UUID> alarms(Call call) {
        return call.uuids("alarms", MOST);
    }

    /**
     * Begins the act for each alarm that takes it; a critical one never does.
     *
     * @throws Refusal if they are not of one rule and one cause, or one of them cannot be seen
     */
    static Report begin(Connection connection, Call call, DeskWork work, List<UUID> ids, ActContent content, UUID batch)
            throws SQLException {
        List<Work> held = new ArrayList<>();
        for (UUID id : ids) {
            held.add(WorkTable.hold(connection, call.scope(), id)
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such alarm among those that you may see: id=" + id + ".")));
        }
        refuseUnlessOneKind(held);
        List<Row> rows = new ArrayList<>();
        List<AlarmNews> news = new ArrayList<>();
        for (Work each : held) {
            if (each.severity() >= ActContent.CRITICAL) {
                rows.add(new Row(
                        each.id().toString(), "refused", "critical", "A critical alarm is acted on by itself."));
                continue;
            }
            try {
                news.add(work.begin(connection, call, each.id(), content, batch));
                rows.add(new Row(each.id().toString(), "begun", null, null));
            } catch (Refusal refusal) {
                // Refused before anything of it was written.
                rows.add(new Row(each.id().toString(), "refused", refusal.type(), refusal.getMessage()));
            }
        }
        return new Report(rows, news);
    }

    private static void refuseUnlessOneKind(List<Work> held) {
        Work first = held.getFirst();
        boolean oneRule = held.stream().allMatch(each -> each.rule().equals(first.rule()));
        boolean oneTruck = held.stream().allMatch(each -> each.vehicleId() == first.vehicleId());
        boolean oneCause =
                !first.cause().isEmpty() && held.stream().allMatch(each -> Objects.equals(each.cause(), first.cause()));
        if (!oneRule || !(oneTruck || oneCause)) {
            throw Refusal.ruleBroken(
                    "bulk-not-one-kind",
                    "Several alarms are acted on together only if they are of one rule and one truck, or of one rule and one zone or"
                            + " source of the limit.");
        }
    }

    /** What became of each alarm. */
    record Report(List<Row> rows, List<AlarmNews> news) {}

    /** What became of one. @param outcome begun or refused @param why the name of the rule that refused */
    record Row(
            String id,
            String outcome,
            @Nullable String why,
            @Nullable String detail) {}
}
