package io.haulwatch.model.episode;

/** One scale everywhere, 1 to 4. */
public enum Severity {
    /** 提示 */
    NOTICE(1),
    /** 一般 */
    MINOR(2),
    /** 较重 */
    MAJOR(3),
    /** 严重 */
    CRITICAL(4);

    private final int level;

    Severity(int level) {
        this.level = level;
    }

    /** 1 notice to 4 critical, as stored and sent. */
    public int level() {
        return level;
    }

    /** The severity of a stored level. */
    public static Severity of(int level) {
        if (level < 1 || level > 4) {
            throw new IllegalArgumentException("severity is 1 to 4: level=" + level);
        }
        return values()[level - 1];
    }
}
