package io.haulwatch.simulator.terminal;

/** So many a second on average, and no more than a fifth of a second's worth at once. */
final class Pace {
    private static final double SECOND = 1_000_000_000.0;

    private final double aSecond;
    private double saved;

    Pace(double aSecond) {
        this.aSecond = aSecond;
    }

    void pass(long nanos) {
        saved = Math.min(aSecond / 5, saved + nanos / SECOND * aSecond);
    }

    boolean allows() {
        return saved >= 1;
    }

    void spend(double amount) {
        saved -= amount;
    }
}
