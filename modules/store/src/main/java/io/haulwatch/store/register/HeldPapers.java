package io.haulwatch.store.register;

import io.haulwatch.model.register.ReferenceSet.Paper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Suspensions as rules see them: while one is in effect, all versions of its kind ended on the day before it began, so that driving on is
 * driving with an overdue paper.
 */
final class HeldPapers {
    /** One suspension. @param begun local day */
    record Hold(Paper.Owner owner, int ownerId, String kind, LocalDate begun, long effectiveFrom, long effectiveTo) {}

    private record Key(Paper.Owner owner, int ownerId, String kind) {}

    private final Map<Key, List<Hold>> holds;

    HeldPapers(List<Hold> holds) {
        this.holds = holds.stream()
                .sorted(Comparator.comparingLong(Hold::effectiveFrom))
                .collect(Collectors.groupingBy(hold -> new Key(hold.owner(), hold.ownerId(), hold.kind())));
    }

    /** A paper as it counts, before, in and between suspensions. */
    List<Paper> cut(Paper paper) {
        List<Hold> here = holds.getOrDefault(new Key(paper.owner(), paper.ownerId(), paper.kind()), List.of());
        if (here.isEmpty()) {
            return List.of(paper);
        }
        List<Paper> parts = new ArrayList<>();
        long from = paper.effectiveFrom();
        for (Hold hold : here) {
            long begin = Math.max(from, hold.effectiveFrom());
            long end = Math.min(paper.effectiveTo(), hold.effectiveTo());
            if (begin < end) {
                add(parts, paper, paper.expires(), from, begin);
                add(parts, paper, earlier(paper.expires(), hold.begun().minusDays(1)), begin, end);
                from = end;
            }
        }
        add(parts, paper, paper.expires(), from, paper.effectiveTo());
        return parts;
    }

    private static LocalDate earlier(@Nullable LocalDate expires, LocalDate day) {
        return expires != null && expires.isBefore(day) ? expires : day;
    }

    private static void add(List<Paper> parts, Paper paper, @Nullable LocalDate expires, long from, long to) {
        if (from < to) {
            parts.add(new Paper(paper.paperId(), paper.owner(), paper.ownerId(), paper.kind(), expires, from, to));
        }
    }
}
