package io.haulwatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 11);
    private static final Instant FROM = Instant.parse("2026-03-10T16:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void theTruthIsALineForEachEpisodeThatBeginsInTheWindowAndTheSameEachTime() throws Exception {
        SimulatorOptions options = SimulatorOptions.demo(1, 40, folder);
        Path file = folder.resolve("truth.jsonl");
        int lines = Simulator.writeTruth(file, options, TODAY, FROM, FROM.plus(Duration.ofHours(24)));
        String text = Files.readString(file);
        Simulator.writeTruth(file, options, TODAY, FROM, FROM.plus(Duration.ofHours(24)));
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(text.lines().count()).isEqualTo(lines).isGreaterThan(40);
        for (String line : text.lines().toList()) {
            JsonNode episode = JSON.readTree(line);
            assertThat(episode.path("phone").asText()).matches("14\\d{9}");
            assertThat(episode.path("plate").asText()).hasSize(7);
            assertThat(episode.path("kind").asText()).isIn("speeding", "fatigue", "fatigue_night", "cum24", "papers");
            Instant start = Instant.parse(episode.path("start").asText());
            assertThat(start).isBetween(FROM, FROM.plus(Duration.ofHours(24)));
            assertThat(Instant.parse(episode.path("end").asText())).isAfterOrEqualTo(start);
            if (episode.path("kind").asText().equals("speeding")) {
                assertThat(episode.path("peak_kmh").asDouble())
                        .isGreaterThan(episode.path("limit_kmh").asDouble());
            }
        }
    }

    @Test
    void theRegisterIsTheSameForTheSameSeedAndDay() throws Exception {
        SimulatorOptions options = SimulatorOptions.demo(1, 40, folder);
        Path one = folder.resolve("one.json");
        Path other = folder.resolve("other.json");
        Simulator.writeRegister(one, options, TODAY);
        Simulator.writeRegister(other, options, TODAY);
        assertThat(other).hasSameTextualContentAs(one);
        assertThat(JSON.readTree(one.toFile()).path("vehicles")).hasSize(40);
    }
}
