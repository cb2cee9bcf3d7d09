package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.documents.Content;
import io.haulwatch.console.documents.IssuedDocuments.Issued;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.Folio.Column;
import io.haulwatch.console.print.Folio.Fact;
import io.haulwatch.console.print.PrintWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evidence card on paper. It reads the content and nothing else, so that what is printed is what was summed. */
final class CardPrint {
    private static final int MOST_STEPS = 60;
    private static final int MOST_REVISIONS = 20;

    private final PrintWords words;
    private final JsonNode card;
    private final JsonNode alarm;

    CardPrint(PrintWords words, JsonNode card) {
        this.words = words;
        this.card = card;
        this.alarm = card.get("alarm");
    }

    static Folio.Head head(PrintWords words, Issued issued, Content content) {
        JsonNode alarm = content.tree().get("alarm");
        return new Folio.Head(
                words.text("card.title"),
                text(alarm.path("vehicle").path("plate")) + " · " + words.of("rule", text(alarm.get("rule"))) + " · "
                        + words.moment(text(alarm.get("started_at"))),
                issued.number(),
                List.of(
                        words.text("card.number", "number", issued.number()),
                        words.text("card.sum", "sum", content.sha256()),
                        words.text("card.issued", "at", words.moment(issued.issuedAt())),
                        words.text("card.check", "number", issued.number())));
    }

    void write(Folio folio) {
        folio.told(text(card.get("would_not_have_fired")));
        folio.facts(facts());
        judged(folio);
        if (alarm.get("reason_needed").booleanValue()) {
            folio.heading(words.text("card.positions")).sentence(words.text("card.reason_needed"));
        } else {
            pictures(folio);
            quality(folio);
            moments(folio);
            positions(folio);
        }
        papers(folio);
        handling(folio);
        if (!alarm.get("reason_needed").booleanValue()) {
            raw(folio);
        }
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        add(facts, "truck", text(alarm.path("vehicle").path("plate")));
        add(facts, "company", text(alarm.path("company").path("name")));
        JsonNode driver = alarm.get("driver");
        add(facts, "driver", driver.isNull() ? words.text("card.nobody") : text(driver.get("name")));
        add(facts, "severity", words.of("severity", text(alarm.get("severity"))));
        boolean open = text(alarm.get("state")).equals("open");
        add(facts, "start", words.moment(text(alarm.get("started_at"))));
        add(
                facts,
                open ? "last" : "end",
                words.moment(text(alarm.get("ended_at")))
                        + (alarm.get("ended_by").isNull()
                                ? ""
                                : " (" + words.of("endedBy", text(alarm.get("ended_by"))) + ")"));
        add(facts, "state", words.of("episodeState", text(alarm.get("state"))));
        add(facts, "handling", words.of("handling", text(alarm.get("handling"))));
        figures(facts);
        return facts;
    }

    /** The alarm's own numbers, as far as people understand them. */
    private void figures(List<Fact> facts) {
        JsonNode measures = alarm.get("measures");
        for (String name : List.of("peak_decikmh", "speed_decikmh", "gnss_avg_decikmh", "recorder_avg_decikmh")) {
            if (measures.path(name).isNumber()) {
                add(facts, name, PrintWords.kmh(measures.get(name).asLong()) + " km/h");
            }
        }
        if (measures.path("excess_permille").isNumber()) {
            long permille = measures.get("excess_permille").asLong();
            add(facts, "excess_permille", permille / 10 + "." + permille % 10 + " %");
        }
        for (String name : List.of("duration_s", "counter_s", "limit_s", "driving_s")) {
            if (measures.path(name).isNumber()) {
                add(facts, name, words.lasting(measures.get(name).asLong()));
            }
        }
        if (measures.path("distance_m").isNumber()) {
            add(
                    facts,
                    "distance_m",
                    words.text("metres", "n", measures.get("distance_m").asLong()));
        }
        JsonNode more = alarm.get("facts");
        if (more.hasNonNull("alarm")) {
            add(facts, "terminal_says", words.of("terminalAlarm", text(more.get("alarm"))));
        }
        if (more.hasNonNull("expires")) {
            add(facts, "expires", text(more.get("expires")));
        }
    }

    private void add(List<Fact> facts, String key, String value) {
        facts.add(new Fact(words.text("card.fact." + key), value));
    }

    private void judged(Folio folio) {
        folio.heading(words.text("card.judged"));
        List<Fact> facts = new ArrayList<>();
        add(facts, "rule", words.of("rule", text(alarm.get("rule"))) + " · " + text(alarm.get("rule_version")));
        JsonNode limit = card.get("limit");
        add(
                facts,
                "limit",
                limit.isNull()
                        ? words.text("card.no_limit")
                        : text(limit.get("kmh")) + " km/h · " + limitSource(text(limit.get("source"))) + zone());
        folio.facts(facts);
        if (!limit.isNull() && !limit.get("candidates").isEmpty()) {
            List<String> shown = new ArrayList<>();
            limit.get("candidates").forEach(each -> shown.add(candidate(text(each))));
            folio.remark(words.text("card.candidates", "list", String.join(words.text("and"), shown)));
        }
        JsonNode caseLimit = alarm.get("case_limit");
        if (!caseLimit.isNull()) {
            folio.remark(words.text(
                    "card.terminal_limit",
                    "limit",
                    text(caseLimit.get("terminal_kmh")),
                    "at",
                    words.moment(text(caseLimit.get("terminal_reported_at")))));
        }
        card.get("law").forEach(clause -> folio.sentence(words.text("card.law", "clause", text(clause))));
    }

    private String zone() {
        JsonNode zone = alarm.get("facts").path("zone");
        return zone.isTextual() ? " (" + zone.textValue() + ")" : "";
    }

    private String limitSource(String code) {
        return words.of("limitSource", code.toLowerCase(Locale.ROOT));
    }

    /** As the rule tells a candidate: the source, the zone's number, and the limit. */
    private String candidate(String told) {
        int equals = told.indexOf('=');
        if (equals < 0) {
            return told;
        }
        String source = told.substring(0, equals).split(" ", 2)[0];
        return limitSource(source) + " " + told.substring(equals + 1) + " km/h";
    }

    private void pictures(Folio folio) {
        JsonNode track = alarm.get("track");
        folio.heading(words.text("card.speeds"));
        if (track.isNull() || track.get("t_ms").isEmpty()) {
            folio.sentence(words.text("card.no_track"));
            return;
        }
        folio.drawing(SpeedStrip.HEIGHT, new SpeedStrip(words, alarm));
        folio.heading(words.text("card.track"));
        folio.drawing(TrackDrawing.HEIGHT, new TrackDrawing(words, alarm));
    }

    private void quality(Folio folio) {
        JsonNode quality = card.get("quality");
        List<Fact> facts = new ArrayList<>();
        add(facts, "evidence", words.of("evidence", text(quality.get("evidence"))));
        int nth = quality.get("every_nth").asInt();
        add(
                facts,
                "positions",
                text(quality.get("positions")) + (nth > 1 ? words.text("card.every_nth", "n", nth) : ""));
        add(facts, "doubted", text(quality.get("doubted")));
        add(facts, "backfilled", text(quality.get("backfilled")));
        add(facts, "late", text(quality.get("late")));
        add(
                facts,
                "satellites",
                quality.get("least_satellites").isNull()
                        ? words.text("card.untold")
                        : text(quality.get("least_satellites")));
        if (!quality.get("longest_gap_seconds").isNull()) {
            add(facts, "gap", words.lasting(quality.get("longest_gap_seconds").asLong()));
        }
        if (!quality.get("dropped").isNull()) {
            add(facts, "dropped", text(quality.get("dropped")));
        }
        folio.heading(words.text("card.quality")).facts(facts);
    }

    private void moments(Folio folio) {
        folio.heading(words.text("card.moments"));
        if (alarm.get("points").isEmpty()) {
            folio.sentence(words.text("card.no_moments"));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode point : alarm.get("points")) {
            rows.add(List.of(
                    words.of("pointRole", text(point.get("role"))),
                    words.moment(text(point.get("device_time"))),
                    place(point),
                    PrintWords.kmh(Math.round(point.get("speed_kmh").asDouble() * 10))));
        }
        folio.table(
                List.of(
                        Column.text(words.text("card.moment"), 1.2f),
                        Column.text(words.text("card.time"), 2),
                        Column.text(words.text("card.place"), 2.4f),
                        Column.number("km/h", 1)),
                rows);
    }

    private static String place(JsonNode point) {
        return String.format(
                Locale.ROOT,
                "%.6f, %.6f",
                point.get("lat").asDouble(),
                point.get("lon").asDouble());
    }

    private void positions(Folio folio) {
        folio.heading(words.text("card.positions"));
        if (card.get("reports").isEmpty()) {
            folio.sentence(words.text("card.gone"));
            return;
        }
        Instant start = Instant.parse(text(alarm.get("started_at")));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode report : card.get("reports")) {
            List<String> marks = new ArrayList<>();
            for (String mark : List.of("doubted", "backfilled")) {
                if (report.get(mark).booleanValue()) {
                    marks.add(words.text("card.mark." + mark));
                }
            }
            Instant at = Instant.parse(text(report.get("device_time")));
            rows.add(List.of(
                    words.text(at.isBefore(start) ? "card.before" : "card.after"),
                    words.moment(at),
                    place(report),
                    text(report.get("speed_kmh")),
                    report.get("recorder_kmh").isNull() ? "–" : text(report.get("recorder_kmh")),
                    text(report.get("heading_deg")) + "°",
                    report.get("satellites").isNull() ? "–" : text(report.get("satellites")),
                    String.join(words.text("and"), marks)));
        }
        folio.table(
                List.of(
                        Column.text("", 0.9f),
                        Column.text(words.text("card.time"), 2.3f),
                        Column.text(words.text("card.place"), 2.5f),
                        Column.number("km/h", 0.8f),
                        Column.number(words.text("card.recorder"), 1.2f),
                        Column.number(words.text("card.heading"), 1),
                        Column.number(words.text("card.satellites"), 1.1f),
                        Column.text(words.text("card.marks"), 1.6f)),
                rows);
    }

    private void papers(Folio folio) {
        folio.heading(words.text("card.papers"));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode paper : alarm.get("papers")) {
            rows.add(List.of(
                    words.of("paperOwner", text(paper.get("owner_kind"))),
                    words.of("paperKind", text(paper.get("kind"))),
                    paper.get("number").isNull() ? "–" : text(paper.get("number")),
                    paper.get("expires").isNull() ? "–" : text(paper.get("expires")),
                    words.of("paperState", text(paper.get("state")))));
        }
        if (rows.isEmpty()) {
            folio.sentence(words.text("card.no_papers"));
            return;
        }
        folio.table(
                List.of(
                        Column.text(words.text("card.owner"), 1),
                        Column.text(words.text("card.paper"), 2.2f),
                        Column.text(words.text("card.paper_number"), 2.4f),
                        Column.text(words.text("card.expires"), 1.4f),
                        Column.text(words.text("card.then"), 1.4f)),
                rows);
        folio.remark(words.text("card.papers_then"));
    }

    private void handling(Folio folio) {
        folio.heading(words.text("card.trail"));
        List<List<String>> rows = new ArrayList<>();
        JsonNode revisions = alarm.get("revisions");
        for (int i = 0; i < Math.min(MOST_REVISIONS, revisions.size()); i++) {
            JsonNode revision = revisions.get(i);
            String why = revision.get("why").isNull() ? "" : words.of("endedBy", text(revision.get("why")));
            rows.add(List.of(
                    text(revision.get("at")),
                    words.text("card.rules"),
                    words.text(
                            "card.revision",
                            "n",
                            text(revision.get("revision")),
                            "state",
                            words.of("episodeState", text(revision.get("state")))),
                    why));
        }
        JsonNode actions = alarm.get("actions");
        for (int i = 0; i < Math.min(MOST_STEPS, actions.size()); i++) {
            JsonNode action = actions.get(i);
            rows.add(List.of(
                    text(action.get("at")),
                    action.get("user").isNull() ? words.text("card.clock") : text(action.get("user")),
                    words.of("actionKind", text(action.get("kind"))),
                    text(action.get("note"))));
        }
        rows.sort((one, other) -> Instant.parse(one.getFirst()).compareTo(Instant.parse(other.getFirst())));
        rows.replaceAll(row -> List.of(words.moment(row.getFirst()), row.get(1), row.get(2), row.get(3)));
        folio.table(
                List.of(
                        Column.text(words.text("card.time"), 2),
                        Column.text(words.text("card.who"), 1.6f),
                        Column.text(words.text("card.what"), 2.2f),
                        Column.text(words.text("card.note"), 4)),
                rows);
        if (revisions.size() > MOST_REVISIONS || actions.size() > MOST_STEPS) {
            folio.remark(words.text("card.more_steps", "revisions", revisions.size(), "steps", actions.size()));
        }
        if (actions.isEmpty()) {
            folio.sentence(words.text("card.nobody_acted"));
        }
        for (JsonNode each : card.get("cases")) {
            boolean closed = text(each.get("state")).equals("closed");
            folio.sentence(words.text(
                    closed ? "card.case_closed" : "card.case_open",
                    "id",
                    text(each.get("id")),
                    "title",
                    text(each.get("title")),
                    "at",
                    words.moment(text(each.get(closed ? "closed_at" : "opened_at"))),
                    "conclusion",
                    closed ? text(each.get("conclusion")) : ""));
        }
    }

    private void raw(Folio folio) {
        folio.heading(words.text("card.raw"));
        folio.remark(words.text("card.raw_means"));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode point : alarm.get("points")) {
            rows.add(List.of(
                    words.of("pointRole", text(point.get("role"))),
                    words.clock(Instant.parse(text(point.get("device_time"))).toEpochMilli()),
                    "–",
                    spaced(text(point.get("body_hex")))));
        }
        for (JsonNode report : card.get("reports")) {
            rows.add(List.of(
                    "",
                    words.clock(Instant.parse(text(report.get("device_time"))).toEpochMilli()),
                    words.moment(text(report.get("received_at"))),
                    spaced(text(report.get("body_hex")))));
        }
        if (rows.isEmpty()) {
            folio.sentence(words.text("card.no_raw"));
            return;
        }
        if (card.get("reports").isEmpty()) {
            folio.sentence(words.text("card.raw_gone"));
        }
        folio.fine(
                List.of(
                        Column.text(words.text("card.moment"), 0.9f),
                        Column.text(words.text("card.device_time"), 1.1f),
                        Column.text(words.text("card.received"), 1.9f),
                        Column.text("0x0200", 6.5f)),
                rows);
    }

    /** Bytes in groups of four, so that they can be compared and lines can break. */
    private static String spaced(String hex) {
        return hex.replaceAll("(.{8})(?=.)", "$1 ");
    }

    private static String text(JsonNode node) {
        return node.asText("");
    }
}
