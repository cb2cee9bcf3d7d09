package io.haulwatch.rules.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a company's score is made of, over the 180 days before the day it is computed for.
 *
 * @param eventPoints X: events by severity and age, with the cap by truck and day already applied
 * @param kilometres driven in the period
 * @param kilometres30d driven in its last 30 days
 * @param meanPer1000km mu0: all companies' points over all companies' thousand kilometres; 0 if nobody had any
 * @param documentWeight Σ of the weights of all required documents
 * @param documentRisk Σ of weight times p(state) over them
 * @param training null while no training is recorded
 * @param overdueGeneral overdue general hazards
 * @param overdueMajor overdue major hazards
 * @param closedInTime share of episodes handled in time, 0..1, null if there was none to handle
 * @param trackRate share of driving that the track covers, 0..1, null while it is not measured
 * @param vetoes what alone makes the company red, a code each
 */
public record RiskInputs(
        double eventPoints,
        double kilometres,
        double kilometres30d,
        double meanPer1000km,
        double documentWeight,
        double documentRisk,
        @Nullable Training training,
        int overdueGeneral,
        int overdueMajor,
        @Nullable Double closedInTime,
        @Nullable Double trackRate,
        List<Veto> vetoes) {

    /** Shares of drivers, 0..1: monthly training done, continuing education on track. */
    public record Training(double monthlyDone, double continuingOnTrack) {}

    /**
     * A reason for red.
     *
     * @param code stable word: {@code overdue_driving}, {@code company_licence}, {@code major_hazard} …
     * @param value how many, or the day since when, for pages that say it in their own language
     * @param detail one sentence
     * @param floor score that it raises to at least
     * @param until local day when it ends by itself if nothing is added, null if something has to be put right
     */
    public record Veto(
            String code,
            String value,
            String detail,
            double floor,
            @Nullable String until) {
        /** The usual floor. */
        public static final double RED = 80;

        /** The floor after somebody died. */
        public static final double FATAL = 90;

        /** One that lasts until something is put right. */
        public Veto(String code, String value, String detail, double floor) {
            this(code, value, detail, floor, null);
        }
    }

    public RiskInputs {
        vetoes = List.copyOf(vetoes);
    }
}
