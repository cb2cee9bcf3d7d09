package io.haulwatch.model.episode;

/** The rules of this release. The name is the key in the database, in metrics and in the API (lower case there). */
public enum Rule {
    /** 超速: above the limit in force for longer than the hold time. */
    SPEEDING,
    /** 连续驾驶超时: continuous driving without a rest of 20 minutes. */
    FATIGUE,
    /** 夜间连续驾驶超时: the part of one continuous drive that falls into the night window. */
    FATIGUE_NIGHT,
    /** 24 小时累计驾驶超时: driving within any 24 hours. */
    CUM24,
    /** 证件过期行驶: moving with an overdue critical paper of the truck or of its driver. */
    PAPERS,
    /** 速度源不一致: recorder speed and GNSS speed differ lastingly. */
    SPEED_SOURCE_MISMATCH,
    /** 行驶中换卡: another driver's card while the truck moves. */
    CARD_CHANGE_MOVING,
    /** 终端报警: the terminal says so, by an alarm flag or an active-safety item. */
    TERMINAL_ALARM
}
