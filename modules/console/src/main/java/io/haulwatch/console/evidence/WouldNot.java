package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmDetail;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.hours.HoursProfile;
import io.haulwatch.rules.profile.SpeedingProfile;
import io.haulwatch.rules.vehicle.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in one sentence when an alarm would not have been raised, with the parameters that judged it. If the parameters of its version are not those
 * that hold for its time any more, only what the alarm itself carries is said.
 */
final class WouldNot {
    /** Below this the comparison of speed sources stays silent; as in the rule. */
    private static final int SOURCES_METRES = 1_000;

    private final PrintWords words;
    private final RuleSet rules;
    private final HoursProfile hours;

    WouldNot(PrintWords words, RuleSet rules, HoursProfile hours) {
        this.words = words;
        this.rules = rules;
        this.hours = hours;
    }

    String sentence(AlarmDetail alarm) {
        AlarmRow row = alarm.row();
        return switch (row.rule()) {
            case "speeding" -> speeding(row);
            case "fatigue" -> hours(row, "wouldnot.fatigue");
            case "fatigue_night" -> hours(row, "wouldnot.fatigue_night");
            case "cum24" -> day(row);
            case "papers" -> papers(row);
            case "speed_source_mismatch" -> sources(row);
            case "card_change_moving" -> card(row);
            case "terminal_alarm" -> terminal(alarm);
            default -> throw new IllegalArgumentException("a rule without a sentence: rule=" + row.rule());
        };
    }

    private String speeding(AlarmRow row) {
        SpeedingProfile profile = rules.speeding();
        long limit = number(row, "limit_decikmh");
        String peak = PrintWords.kmh(number(row, "peak_decikmh"));
        String source = words.of("limitSource", fact(row, "limit_source").toLowerCase(java.util.Locale.ROOT));
        if (!row.ruleVersion().equals(profile.version())) {
            return words.text(
                    "wouldnot.speeding.other", "limit", PrintWords.kmh(limit), "source", source, "peak", peak);
        }
        long over = limit * (1_000 + profile.tolPermille()) / 1_000 + profile.tolAbsDeciKmh();
        return words.text(
                over == limit ? "wouldnot.speeding" : "wouldnot.speeding.tolerated",
                "limit",
                PrintWords.kmh(limit),
                "source",
                source,
                "tolerated",
                PrintWords.kmh(over),
                "hold",
                words.lasting(profile.minDurationMillis() / 1_000),
                "peak",
                peak,
                "over",
                words.lasting(number(row, "duration_s")));
    }

    private String hours(AlarmRow row, String key) {
        boolean same = row.ruleVersion().equals(hours.version());
        return words.text(
                same ? key : "wouldnot.hours.other",
                "limit",
                words.lasting(number(row, "limit_s")),
                "from",
                hours.nightStart(),
                "to",
                hours.nightEnd(),
                "rest",
                words.lasting(hours.restSeconds()),
                "start",
                words.moment(row.startedAt()),
                "counter",
                words.lasting(number(row, "counter_s")));
    }

    private String day(AlarmRow row) {
        return words.text(
                "wouldnot.cum24",
                "limit",
                words.lasting(number(row, "limit_s")),
                "counter",
                words.lasting(number(row, "counter_s")));
    }

    private String papers(AlarmRow row) {
        String listed = fact(row, "papers");
        boolean same = row.ruleVersion().equals(rules.papers().version());
        String metres = words.text("metres", "n", number(row, "distance_m"));
        String least = words.text("metres", "n", rules.papers().minDistanceMetres());
        if (listed.isEmpty()) {
            return words.text("wouldnot.papers.unknown", "driven", metres);
        }
        List<String> papers = new ArrayList<>();
        for (String each : listed.split("; ", -1)) {
            String[] parts = each.split(" ", 2);
            papers.add(words.text(
                    "wouldnot.paper",
                    "kind",
                    words.of("paperKind", parts[0]),
                    "expires",
                    parts.length > 1 ? parts[1] : ""));
        }
        String day = Instant.parse(row.startedAt())
                .atZone(PaperState.ZONE)
                .toLocalDate()
                .toString();
        return words.text(
                same ? "wouldnot.papers" : "wouldnot.papers.other",
                "papers",
                papers.stream().collect(Collectors.joining(words.text("and"))),
                "day",
                day,
                "least",
                least,
                "driven",
                metres);
    }

    private String sources(AlarmRow row) {
        SpeedingProfile profile = rules.speeding();
        boolean same = row.ruleVersion().equals(profile.version());
        return words.text(
                same ? "wouldnot.sources" : "wouldnot.sources.other",
                "differ",
                PrintWords.kmh(profile.pulseVsGnssDeciKmh()),
                "hold",
                words.lasting(profile.mismatchMillis() / 1_000),
                "least",
                words.text("metres", "n", SOURCES_METRES),
                "gnss",
                PrintWords.kmh(number(row, "gnss_avg_decikmh")),
                "recorder",
                PrintWords.kmh(number(row, "recorder_avg_decikmh")),
                "lasted",
                words.lasting(number(row, "duration_s")));
    }

    private String card(AlarmRow row) {
        JsonNode speed = row.measures().path("speed_decikmh");
        return speed.isNumber()
                ? words.text("wouldnot.card", "speed", PrintWords.kmh(speed.asLong()))
                : words.text("wouldnot.card.unknown");
    }

    private String terminal(AlarmDetail alarm) {
        AlarmRow row = alarm.row();
        String said = words.text("wouldnot.terminal", "alarm", words.of("terminalAlarm", fact(row, "alarm")));
        AlarmDetail.CaseLimit own = alarm.caseLimit();
        return own == null
                ? said
                : said + words.text("wouldnot.terminal.limit", "limit", Integer.toString(own.terminalKmh()));
    }

    private static long number(AlarmRow row, String name) {
        return row.measures().path(name).asLong();
    }

    private static String fact(AlarmRow row, String name) {
        return row.facts().path(name).asText("");
    }
}
