package io.haulwatch.console.history;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Who took a file out, when, and what he may see: a line in the file itself, so that a copy that turns up somewhere tells where it came from.
 *
 * @param username of the account
 * @param at moment of the export, UTC
 * @param scope see {@link io.haulwatch.console.session.Reach}
 */
public record Stamp(String username, String at, String scope) {
    public static Stamp of(Call call, Instant now) {
        return new Stamp(call.user().username(), Json.time(now), call.user().scopeText());
    }

    /** The line; begins with a sign that no spreadsheet takes for a formula. */
    public String line() {
        return "# Exported from Haulwatch by " + username + " at " + at + ", scope " + scope;
    }

    /** A comma separated table with the line as its last row. */
    public byte[] under(byte[] table) {
        byte[] row = ("\"" + line() + "\"\r\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(table.length + row.length)
                .put(table)
                .put(row)
                .array();
    }
}
