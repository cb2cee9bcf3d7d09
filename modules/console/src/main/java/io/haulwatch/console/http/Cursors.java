package io.haulwatch.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads page cursors: the sort keys of the last row, signed for one list, one user and one set of filters. A cursor that was
 * changed, moved to another list or kept over a restart is refused; nothing of it ever becomes SQL text.
 */
public final class Cursors {
    private static final int TAG = 16;
    private static final int MAX_LENGTH = 1024;

    private final ObjectMapper json;
    private final SecretKeySpec key;

    public Cursors(ObjectMapper json, SecureRandom random) {
        this.json = json;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** @param list names list, user and filters; the same must be given to {@link #read} */
    public String write(String list, List<?> keys) {
        try {
            byte[] payload = json.writeValueAsBytes(keys);
            byte[] tag = tag(list, payload);
            ByteBuffer whole =
                    ByteBuffer.allocate(TAG + payload.length).put(tag, 0, TAG).put(payload);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("keys are numbers and strings", e);
        }
    }

    /**
     * One page of a list.
     *
     * @param rows up to {@code limit}, and one more if there are more
     * @param keys by which the next page goes on after a row
     */
    public <T> Page<T> page(String list, int limit, List<T> rows, Function<? super T, List<?>> keys) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), write(list, keys.apply(rows.get(limit - 1))));
    }

    /** The keys of a cursor, or null without one. */
    public @Nullable JsonNode read(String list, @Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            if (cursor.length() <= MAX_LENGTH) {
                byte[] whole = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.ISO_8859_1));
                if (whole.length > TAG) {
                    ByteBuffer bytes = ByteBuffer.wrap(whole);
                    byte[] tag = new byte[TAG];
                    byte[] payload = new byte[whole.length - TAG];
                    bytes.get(tag).get(payload);
                    if (MessageDigest.isEqual(
                            tag,
                            ByteBuffer.allocate(TAG)
                                    .put(tag(list, payload), 0, TAG)
                                    .array())) {
                        return json.readTree(payload);
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base64url: told below in the API's words.
        } catch (IOException e) {
            throw new IllegalStateException("a signed cursor is JSON", e);
        }
        throw Refusal.badValue(
                "cursor is not one that this list gave out, or the server has restarted since; start again without it.");
    }

    private byte[] tag(String list, byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
