package io.haulwatch.gateway.media;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.media.MediaHead;
import org.jspecify.annotations.Nullable;

/**
 * Something that a signed-on terminal sent to be kept.
 *
 * @param receivedMillis ms since 1970
 * @param head what the terminal says of a medium; null for anything else
 * @param fix where a medium was taken; null if the terminal does not say (2011)
 * @param detail pass-through type or the recorder's command word, 0..255; 0 for a medium
 * @param content none for a medium that is only announced
 */
public record Delivery(
        int vehicleId,
        Kind kind,
        long receivedMillis,
        @Nullable MediaHead head,
        @Nullable Fix fix,
        int detail,
        Bytes content) {
    /** Message that it came in. */
    public enum Kind {
        /** 0x0800: there is a medium in the terminal. */
        ANNOUNCED,
        /** 0x0801: the medium. */
        MEDIUM,
        /** 0x0900. */
        PASS_THROUGH,
        /** 0x0700. */
        RECORDER
    }
}
