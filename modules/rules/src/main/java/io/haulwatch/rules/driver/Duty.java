package io.haulwatch.rules.driver;

import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.report.CardRecord.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for one truck at which time: card before assignment before the truck itself. Immutable; two that say the same are equal.
 *
 * @param turns since when which card counts, in time order
 * @param refused cards of others that were read while the truck moved
 */
public record Duty(int vehicleId, List<Assignment> assignments, List<Turn> turns, List<Refused> refused) {

    /** Whence it is known who drives. */
    public enum Source {
        /** The card in the terminal names a driver of the register. */
        CARD,
        /** There is a card in the terminal and it names nobody. */
        UNKNOWN_CARD,
        /** No card: the assigned driver, if there is one. */
        REGISTER
    }

    /** From {@code card.millis()} on. @param driverId {@link DriverRegister#NOBODY} unless the source is a card that is known */
    public record Turn(Card card, Source source, int driverId) {}

    /** @param driverId whom the card names, or {@link DriverRegister#NOBODY} @param keptDriverId who drives on */
    public record Refused(Card card, int driverId, int keptDriverId) {}

    /** A subject's time at the wheel, {@code toMillis} exclusive. */
    public record Watch(Subject subject, long fromMillis, long toMillis) {
        /** The driver, or {@link DriverRegister#NOBODY}. */
        public int driverId() {
            return subject instanceof Subject.OfDriver driver ? driver.driverId() : DriverRegister.NOBODY;
        }
    }

    /** Goes through a truck's cards in time order. */
    static Duty of(int vehicleId, List<Card> cards, DriverRegister register) {
        List<Assignment> assignments = register.assignments(vehicleId);
        List<Turn> turns = new ArrayList<>(cards.size());
        List<Refused> refused = new ArrayList<>(0);
        Duty soFar = new Duty(vehicleId, assignments, turns, refused);
        for (Card card : cards) {
            if (card.event() == Event.OUT) {
                // Taken out on the way: whoever drives goes on driving.
                if (!card.moving() && soFar.source(card.millis()) != Source.REGISTER) {
                    turns.add(new Turn(card, Source.REGISTER, DriverRegister.NOBODY));
                }
                continue;
            }
            int driver = card.event() == Event.IN ? register.driverOf(card, vehicleId) : DriverRegister.NOBODY;
            int before = soFar.driverAt(card.millis());
            if (card.moving() && before != DriverRegister.NOBODY && driver != before) {
                if (card.event() == Event.IN) {
                    refused.add(new Refused(card, driver, before));
                }
            } else {
                Source source = driver == DriverRegister.NOBODY ? Source.UNKNOWN_CARD : Source.CARD;
                turns.add(new Turn(card, source, driver));
            }
        }
        return new Duty(vehicleId, assignments, List.copyOf(turns), List.copyOf(refused));
    }

    /** The turn that counts at an instant, or null before the first. */
    public @Nullable Turn turn(long millis) {
        Turn found = null;
        for (Turn turn : turns) {
            if (turn.card().millis() <= millis) {
                found = turn;
            }
        }
        return found;
    }

    private Source source(long millis) {
        Turn turn = turn(millis);
        return turn == null ? Source.REGISTER : turn.source();
    }

    private int driverAt(long millis) {
        return at(millis) instanceof Subject.OfDriver driver ? driver.driverId() : DriverRegister.NOBODY;
    }

    /** Who answers for the truck at an instant. */
    public Subject at(long millis) {
        Turn turn = turn(millis);
        if (turn != null && turn.source() != Source.REGISTER) {
            return turn.driverId() == DriverRegister.NOBODY
                    ? new Subject.OfVehicle(vehicleId)
                    : new Subject.OfDriver(turn.driverId());
        }
        Subject subject = new Subject.OfVehicle(vehicleId);
        for (Assignment assignment : assignments) {
            if (millis >= assignment.effectiveFrom() && millis < assignment.effectiveTo()) {
                subject = new Subject.OfDriver(assignment.driverId());
            }
        }
        return subject;
    }

    /** Who answers for the truck at an instant, and the longest time around it in which nothing is said to change. */
    public Watch around(long millis) {
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (long boundary : boundaries()) {
            if (boundary <= millis) {
                from = Math.max(from, boundary);
            } else {
                to = Math.min(to, boundary);
            }
        }
        return new Watch(at(millis), from, to);
    }

    /** Who answers for the truck from {@code from} to {@code to}, without holes, in order; at least one, and never the same twice in a row. */
    public List<Watch> watches(long from, long to) {
        List<Watch> out = new ArrayList<>(2);
        long start = from;
        do {
            long end = to;
            for (long boundary : boundaries()) {
                if (boundary > start) {
                    end = Math.min(end, boundary);
                }
            }
            Subject subject = at(start);
            Watch before = out.isEmpty() ? null : out.getLast();
            if (before != null && before.subject().equals(subject)) {
                out.set(out.size() - 1, new Watch(subject, before.fromMillis(), end));
            } else {
                out.add(new Watch(subject, start, end));
            }
            start = end;
        } while (start < to);
        return out;
    }

    private long[] boundaries() {
        long[] out = new long[2 * assignments.size() + turns.size()];
        int i = 0;
        for (Assignment assignment : assignments) {
            out[i++] = assignment.effectiveFrom();
            out[i++] = assignment.effectiveTo();
        }
        for (Turn turn : turns) {
            out[i++] = turn.card().millis();
        }
        return out;
    }

    /** All whom cards have named. */
    Set<Integer> named() {
        Set<Integer> out = new TreeSet<>();
        turns.forEach(turn -> out.add(turn.driverId()));
        out.remove(DriverRegister.NOBODY);
        return out;
    }
}
