package io.haulwatch.rules.vehicle;

import io.haulwatch.rules.vehicle.CompiledReference.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of {@link CompiledReference#standing} for all vehicles, one cache line each, kept until they run out. Derived from the
 * reference alone, so no part of a snapshot.
 */
final class Standings {
    private static final int WORDS = 8;
    private static final int LEAD = 6;
    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int OVERDUE_FROM = 2;
    private static final int COMPANY_AND_RULES = 3;

    private long[] words = new long[LEAD];
    private final Map<RuleSet, Integer> numberOf = new HashMap<>();
    private final List<RuleSet> sets = new ArrayList<>();
    private RuleSet[] rules = {};
    private CompiledReference reference;

    Standings(CompiledReference reference) {
        this.reference = reference;
    }

    CompiledReference reference() {
        return reference;
    }

    /** Forgets all answers. */
    void reference(CompiledReference next) {
        reference = next;
        numberOf.clear();
        sets.clear();
        rules = new RuleSet[0];
        words = new long[LEAD];
    }

    /** Puts what holds at {@code fix.time} into the fix. */
    void resolve(Fix fix) {
        int base = LEAD + fix.dense * WORDS;
        if (base + WORDS > words.length || fix.time < words[base + FROM] || fix.time >= words[base + TO]) {
            base = ask(fix.dense, fix.vehicleId, fix.time);
        }
        fix.overdueFrom = words[base + OVERDUE_FROM];
        long packed = words[base + COMPANY_AND_RULES];
        fix.companyId = (int) (packed >>> 32);
        fix.rules = rules[(int) packed];
    }

    private int ask(int dense, int vehicleId, long time) {
        int base = LEAD + dense * WORDS;
        if (base + WORDS > words.length) {
            words = Arrays.copyOf(words, Math.max(base + WORDS, words.length * 2));
        }
        Standing standing = reference.standing(vehicleId, time);
        words[base + FROM] = standing.from();
        words[base + TO] = standing.to();
        words[base + OVERDUE_FROM] = standing.overdueFrom();
        words[base + COMPANY_AND_RULES] = (long) standing.companyId() << 32 | number(standing.rules());
        return base;
    }

    private int number(RuleSet set) {
        Integer known = numberOf.get(set);
        if (known != null) {
            return known;
        }
        int number = sets.size();
        numberOf.put(set, number);
        sets.add(set);
        rules = sets.toArray(RuleSet[]::new);
        return number;
    }
}
