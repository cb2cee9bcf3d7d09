package io.haulwatch.rules.kpi;

import io.haulwatch.rules.kpi.TruckFigures.Counts;
import java.util.function.Function;

/**
 * The indicators that need no upper platform. Numbers are those of the sheet of formulas, which follows the assessment measures for connected key
 * vehicles (全国重点营运车辆联网联控系统考核管理办法, 2014, revised 2016). Platform connectivity, post checks and orders over JT/T 809 need the link to
 * an upper platform.
 */
public enum Indicator {
    /** 2 车辆入网率: trucks that ever sent a qualified record / trucks that should be connected. */
    NETWORK_ENTRY("network_entry", Unit.RATE, counts -> new Ratio(counts.entered(), counts.trucks())),
    /** 3 车辆上线率: trucks with a valid position in the period / trucks in the network. */
    ONLINE("online", Unit.RATE, counts -> new Ratio(counts.online(), counts.entered())),
    /** 4 轨迹完整率: kilometres without a gap / kilometres. */
    TRACK("track", Unit.RATE, counts -> new Ratio(counts.completeMetres() / 1_000, counts.totalMetres() / 1_000)),
    /** 5 数据合格率: qualified records / received records. */
    DATA("data", Unit.RATE, counts -> new Ratio(counts.qualified(), counts.received())),
    /** 6 卫星定位漂移车辆率: drifting trucks / trucks online. */
    DRIFT("drift", Unit.RATE, counts -> new Ratio(counts.drifting(), counts.online())),
    /** 7 平均车辆超速次数: merged speeding events / trucks online. */
    SPEEDING("speeding", Unit.PER_TRUCK, counts -> new Ratio(counts.speedings(), counts.online())),
    /** 8 平均疲劳驾驶时长: hours driven beyond the limit / trucks online. */
    FATIGUE("fatigue", Unit.HOURS_PER_TRUCK, counts -> new Ratio(counts.fatigueSeconds() / 3_600.0, counts.online())),
    /** 10 报警处置率: handled alarms / alarms that were due in the period. */
    HANDLED(
            "handled",
            Unit.RATE,
            counts -> new Ratio(counts.alarms().handled(), counts.alarms().due())),
    /** 11 及时处置率: alarms handled before their deadline / alarms that were due in the period. */
    IN_TIME(
            "in_time",
            Unit.RATE,
            counts -> new Ratio(counts.alarms().inTime(), counts.alarms().due())),
    /** 12 闭环率: alarms settled with every step within the time for it / alarms whose time for it ended in the period. */
    LOOPED(
            "looped",
            Unit.RATE,
            counts -> new Ratio(counts.alarms().looped(), counts.alarms().loopsDue())),
    /** 14 申诉驳回率: rejected appeals / appeals decided in the period. */
    REJECTED(
            "rejected",
            Unit.RATE,
            counts -> new Ratio(counts.alarms().rejected(), counts.alarms().appeals())),
    /** 15 离线位移: trucks whose first place after an absence lies far from the last one before it / trucks online. */
    MOVED_OFFLINE("moved_offline", Unit.RATE, counts -> new Ratio(counts.movedOffline(), counts.online()));

    /** Of these formulas as a whole; a change of any is another version. */
    public static final String FORMULA = "kpi-2";

    /** What a value counts. */
    public enum Unit {
        /** 0 to 1, shown as per cent. */
        RATE,
        /** Events a truck. */
        PER_TRUCK,
        /** Hours a truck. */
        HOURS_PER_TRUCK
    }

    private final String code;
    private final Unit unit;

    @SuppressWarnings("ImmutableEnumChecker") // made here, without state
    private final Function<Counts, Ratio> formula;

    Indicator(String code, Unit unit, Function<Counts, Ratio> formula) {
        this.code = code;
        this.unit = unit;
        this.formula = formula;
    }

    /** As the API and the pages' words name it. */
    public String code() {
        return code;
    }

    public Unit unit() {
        return unit;
    }

    /** Its value for what was counted of some trucks. */
    public Ratio of(Counts counts) {
        return formula.apply(counts);
    }
}
