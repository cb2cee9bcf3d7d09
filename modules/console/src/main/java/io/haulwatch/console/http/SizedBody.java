package io.haulwatch.console.http;

/**
 * A body of known length that is read while it is sent, such as a film. Whoever takes it slowly holds a thread that costs nothing and three buffers, and no
 * place among the calls that wait. A call with the method HEAD gets its length only.
 *
 * @param body writes exactly so many bytes
 */
public record SizedBody(long length, StreamedBody body) {}
