package io.haulwatch.training.xapi;

/** What a driver did, by the addresses that learning record stores know; three are our own. */
public enum Verb {
    LAUNCHED("http://adlnet.gov/expapi/verbs/launched", "启动", "launched"),
    INITIALIZED("http://adlnet.gov/expapi/verbs/initialized", "开始", "initialized"),
    PROGRESSED("http://adlnet.gov/expapi/verbs/progressed", "推进", "progressed"),
    COMPLETED("http://adlnet.gov/expapi/verbs/completed", "完成", "completed"),
    PASSED("http://adlnet.gov/expapi/verbs/passed", "通过", "passed"),
    FAILED("http://adlnet.gov/expapi/verbs/failed", "未通过", "failed"),
    ANSWERED("http://adlnet.gov/expapi/verbs/answered", "作答", "answered"),
    TERMINATED("http://adlnet.gov/expapi/verbs/terminated", "结束", "terminated"),
    /** Takes back an earlier statement, whose id is its object. */
    VOIDED("http://adlnet.gov/expapi/verbs/voided", "作废", "voided"),
    CHECKED_IN("urn:haulwatch:verb:checked-in", "签到", "checked in"),
    FACE_VERIFIED("urn:haulwatch:verb:face-verified", "人脸核验", "face verified");

    private final String id;
    private final String chinese;
    private final String english;

    Verb(String id, String chinese, String english) {
        this.id = id;
        this.chinese = chinese;
        this.english = english;
    }

    /** Its address. */
    public String id() {
        return id;
    }

    String chinese() {
        return chinese;
    }

    String english() {
        return english;
    }
}
