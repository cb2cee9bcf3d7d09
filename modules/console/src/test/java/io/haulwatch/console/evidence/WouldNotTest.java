package io.haulwatch.console.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmDetail;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.hours.HoursProfile;
import io.haulwatch.rules.vehicle.CompiledReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One sentence for each rule, by the parameters that judged it; the numbers follow from the rules' pages. */
class WouldNotTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "cn-2026.1";

    @Test
    void speeding() throws Exception {
        String measures = "{\"limit_decikmh\":800,\"peak_decikmh\":1035,\"duration_s\":95}";
        assertThat(said("en", "speeding", measures, "{\"limit_source\":\"ZONE\"}"))
                .isEqualTo(
                        "It would not have fired if the truck had gone no faster than 80 km/h (Zone), or faster for no longer than 30 s "
                                + "without a break; it reached 103.5 km/h and was above the limit for 1 min 35 s.");
        assertThat(said("zh-CN", "speeding", measures, "{\"limit_source\":\"ZONE\"}"))
                .isEqualTo("如果车速没有超过 80 km/h（电子围栏），或连续超过的时间不长于 30 秒，就不会报警；实际最高 103.5 km/h，超速持续 1 分 35 秒。");
    }

    @Test
    void speedingWithATolerance() throws Exception {
        Map<String, String> parameters = Map.of("tol_pct", "10", "tol_abs_kmh", "2", "min_duration_s", "45");
        assertThat(said(
                        "en",
                        "speeding",
                        VERSION,
                        "own-1",
                        parameters,
                        "{\"limit_decikmh\":800,\"peak_decikmh\":1000,\"duration_s\":60}"))
                .as("a version that does not hold any more")
                .contains("no faster than 80 km/h", "not in force for that time any more")
                .doesNotContain("45 s");
        assertThat(said(
                        "en",
                        "speeding",
                        "own-1",
                        "own-1",
                        parameters,
                        "{\"limit_decikmh\":800,\"peak_decikmh\":1000,\"duration_s\":60}"))
                .contains("no faster than 90 km/h, which is the limit of 80 km/h", "for no longer than 45 s");
    }

    @Test
    void hoursOfDriving() throws Exception {
        assertThat(said("en", "fatigue", "{\"limit_s\":14400,\"counter_s\":16500}", "{}"))
                .isEqualTo(
                        "It would not have fired if the driver had begun to rest before 2026-11-20 10:00:00, when 4 h of driving were full, for at "
                                + "least 20 min without a break; driven were 4 h 35 min.");
        assertThat(said("zh-CN", "fatigue", "{\"limit_s\":14400,\"counter_s\":16500}", "{}"))
                .isEqualTo("如果驾驶员在 2026-11-20 10:00:00（驾驶满 4 小时）之前开始停车休息，且连续不少于 20 分钟，就不会报警；实际已驾驶 4 小时 35 分。");
        assertThat(said("en", "fatigue_night", "{\"limit_s\":7200,\"counter_s\":8000}", "{}"))
                .isEqualTo(
                        "It would not have fired if no more than 2 h of driving without a rest of at least 20 min had fallen between 22:00 "
                                + "and 06:00; driven were 2 h 13 min.");
        assertThat(said("zh-CN", "fatigue_night", "{\"limit_s\":7200,\"counter_s\":8000}", "{}"))
                .isEqualTo("如果 22:00 至 06:00 之间，未经连续 20 分钟停车休息的驾驶不超过 2 小时，就不会报警；实际已驾驶 2 小时 13 分。");
        assertThat(said("en", "cum24", "{\"limit_s\":28800,\"counter_s\":30000}", "{}"))
                .isEqualTo(
                        "It would not have fired if no more than 8 h had been driven within any 24 hours; driven were 8 h 20 min.");
        assertThat(said("zh-CN", "cum24", "{\"limit_s\":28800,\"counter_s\":30000}", "{}"))
                .isEqualTo("如果任意 24 小时内累计驾驶不超过 8 小时，就不会报警；实际已驾驶 8 小时 20 分。");
    }

    @Test
    void papers() throws Exception {
        String facts =
                "{\"papers\":\"veh.inspection 2026-11-01; drv.licence 2026-11-10\",\"paper_kind\":\"veh.inspection\"}";
        assertThat(said("en", "papers", "{\"distance_m\":5400}", facts))
                .isEqualTo(
                        "It would not have fired if the following had been valid on 2026-11-20: Vehicle inspection (last valid day 2026-11-01), "
                                + "Driving licence (last valid day 2026-11-10); or if the truck had driven no farther than 1000 m with it expired; it "
                                + "drove 5400 m.");
        assertThat(said("zh-CN", "papers", "{\"distance_m\":5400}", facts))
                .isEqualTo(
                        "如果下列证件在 2026-11-20 有效：车辆年检（截止日 2026-11-01）、驾驶证（截止日 2026-11-10）；或证件过期后行驶不超过 1000 米，就不会报警；实际行驶 5400 米。");
        assertThat(said("en", "papers", "{\"distance_m\":5400}", "{}")).contains("does not say which one was not");
    }

    @Test
    void sourcesOfSpeed() throws Exception {
        String measures = "{\"gnss_avg_decikmh\":0,\"recorder_avg_decikmh\":652,\"duration_s\":610}";
        assertThat(said("en", "speed_source_mismatch", measures, "{}"))
                .isEqualTo(
                        "It would not have fired if GNSS and recorder had differed by no more than 11 km/h, or by more for less than 5 min or "
                                + "over less than 1000 m; on average they said 0 and 65.2 km/h for 10 min 10 s.");
        assertThat(said("zh-CN", "speed_source_mismatch", measures, "{}"))
                .isEqualTo(
                        "如果卫星定位与记录仪车速相差不超过 11 km/h，或超过的时间不足 5 分钟、里程不足 1000 米，就不会报警；实际平均为 0 和 65.2 km/h，持续 10 分 10 秒。");
    }

    @Test
    void cardsAndTerminals() throws Exception {
        assertThat(said("en", "card_change_moving", "{\"speed_decikmh\":720}", "{}"))
                .isEqualTo(
                        "It would not have fired if the other driver's card had been put in while the truck stood; it was put in at 72 km/h.");
        assertThat(said("zh-CN", "card_change_moving", "{}", "{}")).isEqualTo("如果在停车时插入另一名驾驶员的卡，就不会报警；实际在行驶途中插卡。");
        assertThat(said("en", "terminal_alarm", "{}", "{\"alarm\":\"emergency_button\"}"))
                .isEqualTo(
                        "It would not have fired if the terminal had not reported \"Emergency button\"; the terminal judges this for itself, "
                                + "the platform does not.");
        assertThat(said("zh-CN", "terminal_alarm", "{}", "{\"alarm\":\"emergency_button\"}"))
                .isEqualTo("如果终端没有上报“紧急报警”，就不会报警；该项由终端自行判断，平台不判断。");
    }

    private static String said(String lang, String rule, String measures, String facts) throws JsonProcessingException {
        return said(lang, rule, VERSION, VERSION, Map.of(), measures, facts);
    }

    private static String said(
            String lang,
            String rule,
            String ruleVersion,
            String inForce,
            Map<String, String> parameters,
            String measures)
            throws JsonProcessingException {
        return said(lang, rule, ruleVersion, inForce, parameters, measures, "{\"limit_source\":\"ZONE\"}");
    }

    private static String said(
            String lang,
            String rule,
            String ruleVersion,
            String inForce,
            Map<String, String> parameters,
            String measures,
            String facts)
            throws JsonProcessingException {
        List<ReferenceSet.RuleProfile> profiles = parameters.isEmpty()
                ? List.of()
                : List.of(new ReferenceSet.RuleProfile(
                        rule, inForce, 0, null, parameters, ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
        CompiledReference reference = CompiledReference.of(
                new ReferenceSet(1, List.of(), List.of(), List.of(), List.of(), List.of(), profiles));
        WouldNot wouldNot =
                new WouldNot(PrintWords.of(lang), reference.rules(1, 0), HoursProfile.defaults(VehicleClass.GENERAL));
        return wouldNot.sentence(alarm(rule, ruleVersion, measures, facts, null));
    }

    private static AlarmDetail alarm(
            String rule, String version, String measures, String facts, AlarmDetail.@Nullable CaseLimit own)
            throws JsonProcessingException {
        AlarmRow row = new AlarmRow(
                "11111111-1111-4111-8111-111111111111",
                0,
                1,
                rule,
                version,
                2,
                "closed",
                "new",
                "live",
                new AlarmRow.VehicleRef(1, "渝B12345"),
                null,
                new AlarmRow.CompanyRef(1, "x"),
                "2026-11-20T02:00:00Z",
                "2026-11-20T02:10:00Z",
                null,
                "limit",
                JSON.readTree(measures),
                JSON.readTree(facts));
        return new AlarmDetail(row, List.of(), List.of(), List.of(), List.of(), own, false, null, null, List.of());
    }
}
