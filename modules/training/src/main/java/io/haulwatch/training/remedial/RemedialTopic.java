package io.haulwatch.training.remedial;

/** What a remedial task is about: the rules whose alarms ask for one. */
public enum RemedialTopic {
    /** 超速; severities S1 to S4 are 1 to 4. */
    SPEEDING,
    /** 疲劳驾驶; levels L1 to L3 are severities 2 to 4. */
    FATIGUE
}
