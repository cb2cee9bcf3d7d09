package io.haulwatch.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose code a code is, for those issued or used since the start: tells a code that belongs to another terminal (a cloned
 * configuration, a swapped device, an attack) from one that belongs to nobody. Only for the counter; it opens no door. Holds the newest
 * {@code capacity} codes. Thread-safe.
 */
public final class IssuedCodes {
    /** By the bytes of the code, one char each. */
    private final Map<String, String> phones;

    public IssuedCodes(int capacity) {
        phones = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Remembers the terminal of a code. */
    public synchronized void issued(byte[] code, String phone) {
        phones.put(key(code), phone);
    }

    /** Whether the code belongs to another terminal than {@code phone}. */
    public synchronized boolean belongsToAnother(byte[] said, String phone) {
        String owner = phones.get(key(AuthenticationCodes.trimmed(said)));
        return owner != null && !owner.equals(phone);
    }

    private static String key(byte[] code) {
        return new String(code, StandardCharsets.ISO_8859_1);
    }
}
