package io.haulwatch.rules.driver;

import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.report.CardRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is at the wheel of every truck. It keeps the cards and asks the register anew whenever either changed, so a driver who is registered after his card was read is
 * named all the same. One thread; nothing is asked for a position.
 */
public final class Wheels {
    /** How long cards are kept behind a truck's newest, ms; longer than the ledger judges anything anew. */
    static final long KEPT_MILLIS = 6L * 86_400_000L;

    /** More changes of one truck than this in that time are noise; the oldest become the state from which it goes on. */
    static final int MOST_CARDS = 128;

    private final Map<Integer, List<Card>> cards = new HashMap<>();
    private final Map<Integer, Duty> duties = new HashMap<>();
    private final Map<Integer, Set<Integer>> vehiclesByCard = new HashMap<>();
    private DriverRegister register;

    public Wheels(DriverRegister register) {
        this.register = register;
    }

    /** Names drivers from now on, and for all time that is kept, by {@code next}. */
    public void register(DriverRegister next) {
        if (next == register) {
            return;
        }
        register = next;
        duties.clear();
        vehiclesByCard.clear();
        cards.keySet().forEach(this::of);
    }

    /** Who answers for a truck at which time. */
    public Duty of(int vehicleId) {
        Duty known = duties.get(vehicleId);
        if (known != null) {
            return known;
        }
        Duty duty = Duty.of(vehicleId, cards.getOrDefault(vehicleId, List.of()), register);
        duties.put(vehicleId, duty);
        for (int driver : duty.named()) {
            vehiclesByCard.computeIfAbsent(driver, id -> new LinkedHashSet<>()).add(vehicleId);
        }
        return duty;
    }

    /** Trucks that a subject may ever answer for. */
    public Set<Integer> vehicles(Subject subject) {
        return switch (subject) {
            case Subject.OfVehicle vehicle -> Set.of(vehicle.vehicleId());
            case Subject.OfDriver driver -> {
                Set<Integer> out = new LinkedHashSet<>(register.vehicles(driver.driverId()));
                out.addAll(vehiclesByCard.getOrDefault(driver.driverId(), Set.of()));
                yield out;
            }
        };
    }

    /** Trucks of which a card is known. */
    public Set<Integer> vehiclesWithCards() {
        return Set.copyOf(cards.keySet());
    }

    /** Device time before which a truck's cards are history, ms since 1970 UTC. */
    public long keptFrom(int vehicleId) {
        List<Card> kept = cards.get(vehicleId);
        return kept == null || kept.isEmpty() ? Long.MIN_VALUE : kept.getFirst().millis();
    }

    /** Takes a card in. @param speedDeciKmh {@link Card#UNKNOWN_SPEED} if nobody knows */
    public CardOutcome put(CardRecord record, boolean moving, int speedDeciKmh) {
        int vehicleId = record.vehicleId();
        Card card = Card.of(record, moving, speedDeciKmh);
        List<Card> kept = cards.computeIfAbsent(vehicleId, id -> new ArrayList<>(2));
        int at = kept.size();
        while (at > 0 && kept.get(at - 1).millis() > card.millis()) {
            at--;
        }
        if (at > 0) {
            Card before = kept.get(at - 1);
            // Said again at a standstill, a card that was refused on the way counts.
            if (before.saysTheSameAs(card) && (!before.moving() || moving)) {
                return CardOutcome.SAME;
            }
        }
        kept.add(at, card);
        prune(vehicleId, kept);
        duties.remove(vehicleId);
        return outcome(of(vehicleId), card);
    }

    private static CardOutcome outcome(Duty duty, Card card) {
        if (duty.refused().stream().anyMatch(refused -> refused.card().equals(card))) {
            return CardOutcome.REFUSED;
        }
        Duty.Turn turn = duty.turn(card.millis());
        if (turn == null || !turn.card().equals(card)) {
            return CardOutcome.SAME;
        }
        return switch (turn.source()) {
            case CARD -> CardOutcome.KNOWN;
            case UNKNOWN_CARD -> CardOutcome.UNKNOWN;
            case REGISTER -> CardOutcome.OUT;
        };
    }

    private void prune(int vehicleId, List<Card> kept) {
        long horizon = kept.getLast().millis() - KEPT_MILLIS;
        int cut = Math.max(0, kept.size() - MOST_CARDS);
        while (kept.get(cut).millis() < horizon) {
            cut++;
        }
        if (cut == 0) {
            return;
        }
        Duty.Turn base = Duty.of(vehicleId, kept.subList(0, cut), register).turn(Long.MAX_VALUE);
        kept.subList(0, cut).clear();
        if (base != null) {
            kept.addFirst(base.card().standing());
        }
    }

    /** Writes the cards; the register is no part of it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(cards.size());
        for (Map.Entry<Integer, List<Card>> entry : cards.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (Card card : entry.getValue()) {
                card.writeTo(out);
            }
        }
    }

    /** Takes back what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        int vehicles = in.readInt();
        for (int i = 0; i < vehicles; i++) {
            int vehicleId = in.readInt();
            int count = in.readInt();
            List<Card> kept = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                kept.add(Card.readFrom(in));
            }
            cards.put(vehicleId, kept);
        }
        duties.clear();
        vehiclesByCard.clear();
        cards.keySet().forEach(this::of);
    }
}
