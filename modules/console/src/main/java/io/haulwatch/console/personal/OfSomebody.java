package io.haulwatch.console.personal;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A row that speaks of a driver in one case and of a truck or a company in another. */
public interface OfSomebody {
    /** Whether it speaks of a driver. */
    @JsonIgnore
    boolean isOfDriver();
}
