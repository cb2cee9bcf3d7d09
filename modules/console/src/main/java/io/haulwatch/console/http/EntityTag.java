package io.haulwatch.console.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strong entity tag (RFC 9110, 8.8.3): the same one stands for the same bytes.
 *
 * @param header with its quotation marks
 */
public record EntityTag(String header) {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    /** @param opaque letters and digits */
    public static EntityTag of(String opaque) {
        return new EntityTag('"' + opaque + '"');
    }

    /** Whether If-None-Match names it: what the caller has is still so. */
    public boolean isAmong(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(ifNoneMatch);
        while (tags.find()) {
            if (tags.group(1).equals(header)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a Range counts: without If-Range, or with exactly this tag. A weak one never is, nor a date, as none is told (13.1.5). */
    public boolean allowsRange(@Nullable String ifRange) {
        return ifRange == null || ifRange.strip().equals(header);
    }
}
