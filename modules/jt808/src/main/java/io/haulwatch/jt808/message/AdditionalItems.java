package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BodyReader;
import java.util.ArrayList;
import java.util.List;

/**
 * All additional items (位置附加信息) of a position report, decoded for people and tools; what flows takes {@link LocationView} instead. An item is decoded
 * by its real length: a known id with a length that fits no known form keeps its raw bytes, as unknown ids do.
 *
 * @param items in the order sent
 * @param partial an item ran over the end, had id 0 and length 0, or a lone byte trailed
 */
public record AdditionalItems(List<AdditionalItem> items, boolean partial) {
    /** Copies the items. */
    public AdditionalItems {
        items = List.copyOf(items);
    }

    /** Reads the items between {@code offset} and {@code offset + length}. */
    public static AdditionalItems read(byte[] bytes, int offset, int length) {
        return read(new BodyReader(bytes, offset, length));
    }

    /** Reads items to the end. */
    static AdditionalItems read(BodyReader in) {
        List<AdditionalItem> items = new ArrayList<>();
        boolean partial = false;
        while (in.has(2) && in.has(2 + in.peekU8(1))) {
            int id = in.u8();
            int size = in.u8();
            if (id == 0 && size == 0) {
                partial = true;
                continue;
            }
            items.add(AdditionalItem.read(id, in.part(size)));
        }
        return new AdditionalItems(items, partial || in.left() > 0);
    }

    /** How many have only raw bytes. */
    public int unknown() {
        return (int) items.stream().filter(AdditionalItem.Raw.class::isInstance).count();
    }
}
