package io.haulwatch.analytics.clock;

import io.haulwatch.rules.driver.Duty;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whose card is in which truck now. Written by the rules' thread, readable from any. */
public final class CardHolders {
    private final ConcurrentHashMap<Integer, Duty.Turn> turns = new ConcurrentHashMap<>();

    /** Takes in what a truck's cards say. */
    public void put(Duty duty) {
        Duty.Turn turn = duty.turn(Long.MAX_VALUE);
        if (turn == null || turn.source() == Duty.Source.REGISTER) {
            turns.remove(duty.vehicleId());
        } else {
            turns.put(duty.vehicleId(), turn);
        }
    }

    /** The card in a truck, or null if there is none. */
    public Duty.@Nullable Turn of(int vehicleId) {
        return turns.get(vehicleId);
    }
}
