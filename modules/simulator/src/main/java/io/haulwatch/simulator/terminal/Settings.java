package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.parameter.ParameterKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of the simulated terminals: what they leave the works with, and what the platform has set since the fleet started. Every
 * {@value #REFUSES_EVERY}th terminal refuses to be set, as units with a worn-out memory do, and goes on telling what it has.
 */
final class Settings {
    /** One terminal in so many refuses. */
    static final int REFUSES_EVERY = 25;

    private static final int FIRST_THAT_REFUSES = 7;

    private static final List<Parameter> FROM_THE_WORKS = List.of(
            Parameter.number(0x0001, 60),
            Parameter.number(0x0002, 10),
            Parameter.number(0x0003, 3),
            Parameter.text(0x0013, "127.0.0.1"),
            Parameter.number(0x0020, 0),
            Parameter.number(0x0021, 0),
            Parameter.number(0x0027, 60),
            Parameter.number(0x0028, 5),
            Parameter.number(0x0029, 10),
            Parameter.number(0x0030, 15),
            Parameter.number(0x0055, 100),
            Parameter.number(0x0056, 10),
            Parameter.number(0x0057, 14_400),
            Parameter.number(0x0058, 28_800),
            Parameter.number(0x0059, 1_200),
            Parameter.number(0x005A, 86_400));

    /** All that a terminal has. */
    List<Parameter> all(Terminal terminal) {
        Map<Long, Parameter> set = terminal.settings;
        List<Parameter> all = new ArrayList<>();
        for (Parameter each : FROM_THE_WORKS) {
            all.add(set.getOrDefault(each.id(), each));
        }
        set.values().stream()
                .filter(each -> FROM_THE_WORKS.stream().noneMatch(works -> works.id() == each.id()))
                .forEach(all::add);
        return all;
    }

    /** Those of the ids that a terminal has. */
    List<Parameter> some(Terminal terminal, List<Long> ids) {
        return all(terminal).stream().filter(each -> ids.contains(each.id())).toList();
    }

    /** Takes new values, all or none. @return the result for the general answer */
    int set(Terminal terminal, List<Parameter> wanted) {
        if (terminal.identity.truck() % REFUSES_EVERY == FIRST_THAT_REFUSES) {
            return GeneralAnswer.FAILURE;
        }
        for (Parameter each : wanted) {
            ParameterKind kind = ParameterKind.of(each.id());
            if (kind == null || !kind.definedIn(terminal.identity.edition())) {
                return GeneralAnswer.WRONG;
            }
        }
        Map<Long, Parameter> set = new HashMap<>(terminal.settings);
        wanted.forEach(each -> set.put(each.id(), each));
        terminal.settings = set;
        return GeneralAnswer.SUCCESS;
    }
}
