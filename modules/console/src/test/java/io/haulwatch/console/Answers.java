package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;

/** What a call was answered: done, or refused by a rule that is named. */
final class Answers {
    private Answers() {}

    static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    /** What was done, as the answer tells it. */
    static JsonNode json(HttpResponse<String> answer) throws IOException {
        done(answer);
        return Visitor.JSON.readTree(answer.body());
    }

    /** The body of a refusal. */
    static String refused(HttpResponse<String> answer, int status, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("urn:haulwatch:problem:" + rule);
        return answer.body();
    }
}
