package io.haulwatch.store.scope;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose rows a user may see. A region is resolved to its companies before a transaction begins. */
public sealed interface Scope {
    /** Everyone's rows. */
    Scope ALL = new All();

    /** Value of the setting {@code hw.scope}. */
    String setting();

    /** Everyone's rows: administrators and the centre. */
    record All() implements Scope {
        @Override
        public String setting() {
            return "all";
        }
    }

    /** The rows that name one driver: his own phone. Of most tables that is none at all. */
    record OneDriver(int driverId) implements Scope {
        @Override
        public String setting() {
            return "driver:" + driverId;
        }
    }

    /** Rows of these companies; none at all if the set is empty. */
    record Companies(Set<Integer> ids) implements Scope {
        public Companies {
            ids = Set.copyOf(ids);
        }

        @Override
        public String setting() {
            return new TreeSet<>(ids).stream().map(String::valueOf).collect(Collectors.joining(",", "company:", ""));
        }
    }
}
