package io.haulwatch.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.parameter.Parameter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings settings = new Settings();

    private static Terminal terminal(int truck, Edition edition) {
        return new Terminal(
                new Identity(truck, "14100000000", edition, "SIM0001", "鄂A2F637", 2, "420100"), new Line(false));
    }

    @Test
    void aTerminalTellsWhatItWasGivenAndOneThatRefusesTellsWhatItHad() {
        Parameter wanted = Parameter.number(0x0055, 90);
        Terminal takes = terminal(1, Edition.V2019);
        assertThat(settings.some(takes, List.of(0x0055L))).containsExactly(Parameter.number(0x0055, 100));
        assertThat(settings.set(takes, List.of(wanted))).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(settings.some(takes, List.of(0x0055L))).containsExactly(wanted);
        assertThat(settings.all(takes)).hasSameSizeAs(settings.all(terminal(2, Edition.V2019)));

        Terminal refuses = terminal(7, Edition.V2019);
        assertThat(settings.set(refuses, List.of(wanted))).isEqualTo(GeneralAnswer.FAILURE);
        assertThat(settings.some(refuses, List.of(0x0055L))).containsExactly(Parameter.number(0x0055, 100));
    }

    @Test
    void oneInTwentyFiveRefuses() {
        assertThat(IntStream.range(0, 1_000)
                        .filter(truck ->
                                settings.set(terminal(truck, Edition.V2019), List.of(Parameter.number(0x0056, 20)))
                                        == GeneralAnswer.FAILURE)
                        .count())
                .isEqualTo(40);
    }

    @Test
    void whatItsEditionDoesNotHaveIsWrongAndChangesNothing() {
        Terminal old = terminal(1, Edition.V2011);
        assertThat(settings.set(old, List.of(Parameter.number(0x0055, 90), Parameter.number(0x0031, 50))))
                .isEqualTo(GeneralAnswer.WRONG);
        assertThat(settings.some(old, List.of(0x0055L))).containsExactly(Parameter.number(0x0055, 100));
    }
}
