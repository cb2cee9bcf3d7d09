package io.haulwatch.training.content;

import java.util.Locale;

/** 难度 as its author sees it; what answers say of it is {@link io.haulwatch.training.exam.ItemStatistics}. */
public enum Difficulty {
    EASY,
    MEDIUM,
    HARD;

    /** As written in files and stored: {@code easy}, {@code medium}, {@code hard}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The difficulty of a code. */
    public static Difficulty of(String code) {
        for (Difficulty difficulty : values()) {
            if (difficulty.code().equals(code)) {
                return difficulty;
            }
        }
        throw new IllegalArgumentException("difficulty is easy, medium or hard: difficulty=" + code);
    }
}
