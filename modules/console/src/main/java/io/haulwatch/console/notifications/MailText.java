package io.haulwatch.console.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.ImportWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Properties;

/** What a letter says in one language, made of the same body that programs get. */
final class MailText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(PaperState.ZONE);
    private static final MailText ENGLISH = new MailText("en");
    private static final MailText CHINESE = new MailText("zh-CN");

    private final String language;
    private final Properties words = new Properties();

    /** Subject and text. */
    record Words(String subject, String text) {}

    private MailText(String language) {
        this.language = language;
        String file = "mail-words." + language + ".properties";
        try (InputStream in = MailText.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the words are part of the product: file=" + file);
            }
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MailText of(String language) {
        return language.equals("en") ? ENGLISH : CHINESE;
    }

    Words words(Event event, JsonNode body) {
        StringBuilder text = new StringBuilder();
        String subject = switch (event) {
            case ALARM -> alarm(body, text);
            case NOTICE -> notice(body, text);
            case CASE_OVERDUE -> overdue(body, text);
            case PAPERS_DUE -> papers(body, text);
            case STUDY_AT_WHEEL -> atTheWheel(body, text);
            case TEST -> {
                text.append(word("test.text")).append('\n');
                yield word("test");
            }
        };
        String link = body.path("link").asText("");
        if (!link.isEmpty()) {
            text.append('\n').append(link).append('\n');
        }
        text.append("\n-- \n").append(word("foot")).append('\n');
        // A subject is one line, whatever stands in a register.
        return new Words(subject.replaceAll("\\p{Cntrl}+", " "), text.toString());
    }

    private String alarm(JsonNode body, StringBuilder text) {
        JsonNode alarm = body.path("alarm");
        String what = filled(
                "alarm", severity(alarm), rule(alarm), alarm.path("plate").asText());
        line(text, "company", body.path("company").path("name").asText());
        line(text, "plate", alarm.path("plate").asText());
        line(text, "rule", rule(alarm));
        line(text, "severity", severity(alarm));
        line(text, "since", time(alarm.path("started_at")));
        return what;
    }

    private String notice(JsonNode body, StringBuilder text) {
        JsonNode notice = body.path("notice");
        line(text, "company", body.path("company").path("name").asText());
        line(text, "plate", notice.path("plate").asText());
        line(text, "rule", rule(notice));
        line(text, "due", time(notice.path("due_at")));
        text.append('\n').append(notice.path("words").asText()).append('\n');
        return filled("notice", notice.path("plate").asText(), rule(notice), time(notice.path("due_at")));
    }

    private String overdue(JsonNode body, StringBuilder text) {
        JsonNode step = body.path("case");
        line(text, "company", body.path("company").path("name").asText());
        line(text, "case", step.path("title").asText());
        line(text, "party", word("party." + step.path("party").asText()));
        line(text, "due", time(step.path("due_at")));
        line(text, "escalated", word("to." + step.path("escalated_to").asText()));
        return filled("case_overdue", step.path("title").asText());
    }

    private String papers(JsonNode body, StringBuilder text) {
        int count = body.path("count").asInt();
        line(text, "company", body.path("company").path("name").asText());
        text.append('\n');
        for (JsonNode paper : body.path("papers")) {
            String kind = paper.path("kind").asText();
            text.append(filled(
                            "paper",
                            paper.path("expires").asText(),
                            PaperKind.of(kind) == null
                                    ? kind
                                    : ImportWords.of(language).text("kind." + kind),
                            paper.path("owner").asText(),
                            paper.path("days").asText()))
                    .append('\n');
        }
        int more = count - body.path("papers").size();
        if (more > 0) {
            text.append(filled("papers.more", Integer.toString(more))).append('\n');
        }
        return filled("papers_due", body.path("company").path("name").asText(), Integer.toString(count));
    }

    private String atTheWheel(JsonNode body, StringBuilder text) {
        JsonNode study = body.path("study");
        String course = study.path(language.equals("en") ? "course_en" : "course")
                .asText(study.path("course").asText());
        line(text, "company", body.path("company").path("name").asText());
        line(text, "plate", study.path("plate").asText());
        line(text, "course", course);
        line(text, "since", time(study.path("begun_at")));
        line(text, "void", Integer.toString(Math.ceilDiv(study.path("void_s").asInt(), 60)));
        String certificate = study.path("certificate").asText("");
        if (!certificate.isEmpty()) {
            line(text, "certificate", certificate);
        }
        return filled("study_at_wheel", study.path("plate").asText(), course);
    }

    private void line(StringBuilder text, String what, String value) {
        text.append(word("line." + what)).append(value).append('\n');
    }

    private String rule(JsonNode of) {
        return word("rule." + of.path("rule").asText());
    }

    private String severity(JsonNode of) {
        return word("severity." + of.path("severity").asText());
    }

    private static String time(JsonNode moment) {
        return TIME.format(Instant.parse(moment.asText()));
    }

    private String filled(String key, String... values) {
        String text = word(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }

    private String word(String key) {
        // A rule of a later release is told under its own name.
        return words.getProperty(key, key.substring(key.indexOf('.') + 1));
    }
}
