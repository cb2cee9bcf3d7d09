package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.COMPANY;
import static io.haulwatch.rules.vehicle.VehicleBlocks.OVERDUE_FROM;
import static io.haulwatch.rules.vehicle.VehicleBlocks.RULES;
import static io.haulwatch.rules.vehicle.VehicleBlocks.STANDING_FROM;
import static io.haulwatch.rules.vehicle.VehicleBlocks.STANDING_TO;

import io.haulwatch.rules.driver.Wheels;
import io.haulwatch.rules.vehicle.CompiledReference.Overdue;
import io.haulwatch.rules.vehicle.CompiledReference.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of {@link CompiledReference#standing}, kept in each vehicle's block until they run out. Derived from the reference and from
 * who is at the wheel, so no part of a snapshot.
 */
final class Standings {
    private final VehicleBlocks blocks;
    private final Map<RuleSet, Integer> numberOf = new HashMap<>();
    private final List<RuleSet> sets = new ArrayList<>();
    private RuleSet[] rules = {};
    private final Wheels wheels;
    private CompiledReference reference;

    Standings(CompiledReference reference, VehicleBlocks blocks, Wheels wheels) {
        this.reference = reference;
        this.blocks = blocks;
        this.wheels = wheels;
    }

    CompiledReference reference() {
        return reference;
    }

    /** Forgets all answers. */
    void reference(CompiledReference next) {
        reference = next;
        wheels.register(next.drivers());
        numberOf.clear();
        sets.clear();
        rules = new RuleSet[0];
        for (int dense = 0; dense < blocks.count(); dense++) {
            STANDING_TO.set(blocks.words, VehicleBlocks.base(dense), Long.MIN_VALUE);
        }
    }

    /** Forgets the answer for one vehicle: a card went in or out. */
    void forget(int dense) {
        STANDING_TO.set(blocks.words, VehicleBlocks.base(dense), Long.MIN_VALUE);
    }

    /** What holds for a vehicle at a time; allocates. */
    Standing at(int vehicleId, long millis) {
        return reference.standing(vehicleId, millis, wheels.of(vehicleId).around(millis));
    }

    /** The critical papers that are overdue at a time, the longest overdue first. */
    List<Overdue> overdue(int vehicleId, long millis) {
        return reference.overdue(vehicleId, millis, at(vehicleId, millis));
    }

    /** Puts what holds at {@code fix.time} into the fix. */
    void resolve(Fix fix) {
        long[] words = blocks.words;
        int base = fix.base;
        fix.standingAsked = fix.time >= STANDING_TO.get(words, base) || fix.time < STANDING_FROM.get(words, base);
        if (fix.standingAsked) {
            ask(fix);
        }
        fix.overdueFrom = OVERDUE_FROM.get(words, base);
        fix.companyId = COMPANY.get(words, base);
        fix.rules = rules[RULES.get(words, base)];
    }

    private void ask(Fix fix) {
        long[] words = blocks.words;
        Standing standing = at(fix.vehicleId, fix.time);
        STANDING_FROM.set(words, fix.base, standing.from());
        STANDING_TO.set(words, fix.base, standing.to());
        OVERDUE_FROM.set(words, fix.base, standing.overdueFrom());
        COMPANY.set(words, fix.base, standing.companyId());
        RULES.set(words, fix.base, number(standing.rules()));
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
