package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.http.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests made at random from a printed seed: none is answered with 500, none shows a word of a foreign company. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final int REQUESTS = 1_500;
    private static final List<String> NAMES = List.of(
            "query",
            "company",
            "vehicle",
            "driver",
            "state",
            "status",
            "handling",
            "rule",
            "severity",
            "from",
            "to",
            "limit",
            "cursor",
            "ids",
            "sort",
            "format",
            "after",
            "x");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "2",
            "-1",
            "3",
            "999999999",
            "2147483648",
            "9".repeat(30),
            "open",
            "closed",
            "moving",
            "speeding",
            "all",
            "risk",
            "2026-11-20",
            "-999999999-01-01",
            "2026-11-20T00:00:00Z",
            "2026-11-21T00:00:00+08:00",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "'",
            "\"",
            "\\",
            "%",
            "_",
            "渝B12345",
            "\u0000",
            "\ud83d\ude80",
            "null",
            "NaN",
            "1;select 1",
            "{}",
            "[]",
            ",",
            ",,1,",
            "11111111-1111-4111-8111-111111111111",
            "1-1-1-1-1",
            "AAAA",
            "a".repeat(3_000));
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "0",
            "\"x\"",
            "[]",
            "{}",
            "{\"kind\":null}",
            "{\"kind\":\"note\"}",
            "{\"kind\":\"note\",\"note\":\"\\u0000\"}",
            "{\"kind\":\"note\",\"note\":\"\\ud83d\"}",
            "{\"kind\":\"note\",\"note\":7}",
            "{\"kind\":\"acknowledge\",\"note\":\"x\"}",
            "{\"kind\":\"text\",\"text\":\"\\ud83d\"}",
            "{\"kind\":\"text\",\"text\":\"ok\",\"flags\":{}}",
            "{\"kind\":\"text\",\"text\":\"ok\",\"flags\":[1,2]}",
            "{\"kind\":\"locate\"}",
            "{\"kind\":\"locate\",\"kind\":\"text\"}",
            "{\"username\":\"a\\u0000b\",\"password\":\"x\"}",
            "{\"username\":\"\\udc00\",\"password\":\"x\"}",
            "{\"username\":{},\"password\":[]}",
            "{\"username\":\"x\",\"password\":\"\\u0001\",\"remember\":\"yes\"}",
            "{\"a\":".repeat(40),
            "{\"phone\":\"13800002047\",\"code\":\"\\u0000\",\"driver_id\":-1}",
            "{\"link\":\"\\ud83d\"}",
            "{\"beats\":[{\"sequence\":1e9,\"nonce\":\"\\u0000\",\"position_s\":1e400,\"visible\":true,\"at\":\"+999999999-12-31T23:59:59Z\"}]}",
            "{\"question_id\":910,\"version\":1,\"given\":[[],-1,1e9]}",
            "{\"device\":\"phone-one\",\"answers\":[null,{\"place\":1e99,\"answer_no\":\"1\",\"given\":{}}],\"left_page\":10001}",
            "{\"device\":\"phone-one\",\"strokes\":[[0,1.5],{},[[]],null]}",
            "{\"device\":\"phone-one\",\"take_over\":\"yes\"}",
            "{\"reason\":\"\\u0000\"}",
            "\ufeff{}");

    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void nothingThatIsAskedBreaksTheServerOrLeaks() throws Exception {
        long seed = Long.getLong("haulwatch.seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        DriverGround ground = new DriverGround(stage);
        ground.studied(ground.task(1, 1, Stage.ALARM_1), 1, 1);
        ground.drives(1, 0);
        List<Visitor> visitors = List.of(
                new Visitor(stage.port()),
                ground.phone(1),
                Visitor.signedIn(stage.port(), "company1"),
                Visitor.signedIn(stage.port(), "regulator50"));
        List<Route> routes = stage.console.routes().stream()
                .filter(route -> !route.method().name().equals("DELETE"))
                .toList();
        for (int i = 0; i < REQUESTS; i++) {
            Route route = routes.get(random.nextInt(routes.size()));
            String value = VALUES.get(random.nextInt(VALUES.size()));
            StringBuilder path = new StringBuilder(route.path()
                    .replace(":id", random.nextBoolean() ? "1" : value.isEmpty() ? "1" : encoded(value))
                    .replace(":day", random.nextBoolean() || value.isEmpty() ? "2026-11-20" : encoded(value))
                    .replaceAll(
                            ":[a-z]+",
                            random.nextBoolean() || value.isEmpty() ? "1" : Matcher.quoteReplacement(encoded(value))));
            char mark = '?';
            for (int n = random.nextInt(4); n > 0; n--) {
                path.append(mark)
                        .append(NAMES.get(random.nextInt(NAMES.size())))
                        .append('=')
                        .append(encoded(VALUES.get(random.nextInt(VALUES.size()))));
                mark = '&';
            }
            boolean get = route.method().name().equals("GET");
            String body = get ? null : BODIES.get(random.nextInt(BODIES.size()));
            Visitor visitor = visitors.get(random.nextInt(visitors.size()));
            HttpResponse<String> answer;
            try {
                answer = visitor.send(route.method().name(), path.toString(), body);
            } catch (IOException e) {
                throw new AssertionError(
                        "seed=%d, request=%d: %s %s %s".formatted(seed, i, route.method(), path, body), e);
            }
            assertThat(answer.statusCode())
                    .as("seed=%d: %s %s %s: %s", seed, route.method(), path, body, answer.body())
                    .isNotEqualTo(500)
                    .isLessThan(504);
            assertThat(answer.body())
                    .as("seed=%d: %s", seed, path)
                    .doesNotContain("川A99999", "马志远", "蓉通", "13700001234");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
