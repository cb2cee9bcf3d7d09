package io.haulwatch.simulator.world;

/**
 * A place where roads meet.
 *
 * @param adcode six-digit region of a company that is registered here
 * @param plate first two characters of plates from here
 * @param weight how many companies live here, relative to others
 */
public record City(String name, double latitude, double longitude, String adcode, String plate, int weight) {}
