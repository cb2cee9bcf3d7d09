package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A console for tests of what drivers do on their phones: each test has a driver of company 1 of its own, with one task and a phone signed in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriverStage {
    static final long SECOND = 1_000;

    Stage stage;
    DriverGround ground;

    int driver = 100;
    String task = "";
    Visitor phone = new Visitor(0);

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        ground = new DriverGround(stage);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @BeforeEach
    void driver() throws Exception {
        driver++;
        stage.database.run("insert into hw.driver (driver_id, company_id, name) values (" + driver + ", 1, '考生')");
        task = ground.task(driver, 1, "00000000-0000-4000-8000-000000000" + driver);
        phone = ground.phone(driver);
    }

    JsonNode begin(int lesson) throws Exception {
        return json(phone.post("/api/v1/driver/tasks/" + task + "/lessons/" + lesson + "/begin", "{}"));
    }

    static String beat(int sequence, int position, boolean visible) {
        return String.format(
                Locale.ROOT,
                "{\"sequence\":%d,\"nonce\":\"n%d\",\"position_s\":%d,\"visible\":%b}",
                sequence,
                sequence,
                position,
                visible);
    }

    /** Says these beats, separated by commas. */
    HttpResponse<String> said(JsonNode study, String beats) throws Exception {
        return phone.post(
                "/api/v1/driver/studies/" + study.get("id").asText() + "/beats", "{\"beats\":[" + beats + "]}");
    }

    JsonNode beats(JsonNode study, String... beats) throws Exception {
        return json(said(study, String.join(",", beats)));
    }
}
