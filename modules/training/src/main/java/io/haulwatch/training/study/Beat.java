package io.haulwatch.training.study;

/**
 * What a player says every fifteen seconds (心跳), and at once whenever its page is hidden or shown.
 *
 * @param serverMillis when it came in, by our clock; the player's is not asked
 * @param sequence counts up within one sitting
 * @param nonce differs from beat to beat
 * @param positionMillis place in the lesson, from its start
 * @param visible whether the page is seen from now on
 */
public record Beat(long serverMillis, int sequence, String nonce, long positionMillis, boolean visible) {
    public Beat {
        if (serverMillis <= 0 || sequence < 0 || nonce.isEmpty()) {
            throw new IllegalArgumentException("a beat has a time, a number and a nonce: serverMillis=" + serverMillis
                    + ", sequence=" + sequence + ", nonce=" + nonce);
        }
    }
}
