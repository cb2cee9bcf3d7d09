package io.haulwatch.gateway.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalRegisterTest {
    private long now = 1_000_000;
    private final TerminalRegister register = new TerminalRegister(() -> now);

    private static Terminal terminal(String phone, int generation) {
        return new Terminal(1, 1, phone, "T1", "渝B12345", generation);
    }

    private static ReferenceSet set(long number, Terminal... terminals) {
        return new ReferenceSet(number, List.of(terminals), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void swapsTheWholeSet() {
        register.replace(set(1, terminal("1", 1), terminal("2", 1)));
        assertThat(register.size()).isEqualTo(2);
        register.replace(set(2, terminal("2", 1)));
        assertThat(register.byPhone("1")).isNull();
        assertThat(register.byPhone("2")).isNotNull();
    }

    @Test
    void keepsALocalChangeAgainstASetThatWasLoadedBeforeIt() {
        register.replace(set(1, terminal("1", 1)));
        long before = register.version();
        register.put(terminal("1", 2));
        register.put(terminal("3", 1));
        assertThat(register.version()).isGreaterThan(before);
        register.replace(set(2, terminal("1", 1)));
        assertThat(register.byPhone("1")).isEqualTo(terminal("1", 2));
        assertThat(register.byPhone("3")).isEqualTo(terminal("3", 1));
        assertThat(register.size()).isEqualTo(2);
    }

    @Test
    void givesWayToASetThatHoldsTheChangeOrANewerOne() {
        register.put(terminal("1", 2));
        register.replace(set(2, terminal("1", 2)));
        register.replace(set(3, terminal("1", 1)));
        assertThat(register.byPhone("1")).isEqualTo(terminal("1", 1));
        register.put(terminal("1", 2));
        register.replace(set(4, terminal("1", 3)));
        assertThat(register.byPhone("1")).isEqualTo(terminal("1", 3));
    }

    @Test
    void believesALocalChangeForTwoMinutesOnly() {
        register.put(terminal("1", 1));
        now += TerminalRegister.LOCAL_MILLIS + 1;
        register.replace(set(2));
        assertThat(register.byPhone("1")).isNull();
    }
}
