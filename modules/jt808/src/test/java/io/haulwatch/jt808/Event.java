package io.haulwatch.jt808;

import java.util.List;

/**
 * What a parser says about one slice of a stream, comparable between parsers.
 *
 * @param kind "frame", or the cause of the refusal
 * @param header id, form, phone, serial, package fields and lengths in words; for a refusal the bytes dropped
 * @param body hex of the body
 * @param positions positions that the body carries
 */
public record Event(String kind, String header, String body, List<Position> positions) {

    /** One position as it would stand in the log, every field of the record. */
    public record Position(
            int flags,
            long deviceMillis,
            long hash,
            int alarms,
            int status,
            int latitude,
            int longitude,
            int altitude,
            int speed,
            int heading,
            int satellites,
            int signal,
            long mileage,
            int recorderSpeed,
            String body) {}
}
