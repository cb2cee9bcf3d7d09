package io.haulwatch.console.port;

import java.util.List;

/** The standard's table of what can be set in a terminal. */
@FunctionalInterface
public interface ParameterBook {
    /** In the order of the standard. */
    List<Kind> kinds();

    /**
     * What an id holds.
     *
     * @param name the unit last
     * @param term the standard's word
     * @param bytes of a number; 0 if it holds none
     * @param text whether it holds a text
     * @param tenths whether the number counts tenths of its unit
     * @param since first edition that has it
     */
    record Kind(long id, String name, String term, int bytes, boolean text, boolean tenths, int since) {}
}
