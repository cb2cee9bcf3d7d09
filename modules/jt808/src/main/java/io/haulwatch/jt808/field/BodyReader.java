package io.haulwatch.jt808.field;

import io.haulwatch.model.report.PositionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a body field by field and never throws for what the bytes say: a field that is not there is 0 or empty, and the reader says so afterwards
 * with {@link #partial}; what nobody read is {@link #rest}. For messages that rest; positions that flow take a view.
 */
public final class BodyReader {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private boolean partial;

    /** A reader over a part of an array, which is not copied. */
    public BodyReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.at = offset;
        this.end = offset + Math.max(0, length);
    }

    /** Bytes of the whole body. */
    public int length() {
        return end - start;
    }

    /** Bytes not read yet. */
    public int left() {
        return end - at;
    }

    /** Whether so many bytes are left. */
    public boolean has(int count) {
        return count <= end - at;
    }

    /** A field was not there, or a list announced more than came. */
    public boolean partial() {
        return partial;
    }

    /** Notes that something announced is missing. */
    public void missing() {
        partial = true;
    }

    /** BYTE. */
    public int u8() {
        return enough(1) ? bytes[at++] & 0xFF : 0;
    }

    /** WORD. */
    public int u16() {
        if (!enough(2)) {
            return 0;
        }
        at += 2;
        return BigEndian.u16(bytes, at - 2);
    }

    /** DWORD, 0..2³²−1. */
    public long u32() {
        if (!enough(4)) {
            return 0;
        }
        at += 4;
        return BigEndian.u32(bytes, at - 4);
    }

    /** BYTE at a distance, without going there; 0 if it is not there. */
    public int peekU8(int distance) {
        return has(distance + 1) ? bytes[at + distance] & 0xFF : 0;
    }

    /** WORD at a distance, without going there; 0 if it is not there. */
    public int peekU16(int distance) {
        return has(distance + 2) ? BigEndian.u16(bytes, at + distance) : 0;
    }

    /** DWORD at a distance, without going there; 0 if it is not there. */
    public long peekU32(int distance) {
        return has(distance + 4) ? BigEndian.u32(bytes, at + distance) : 0;
    }

    /** STRING or text in BYTE[n], padding trimmed at both ends; if fewer bytes are left, those. */
    public String text(int count) {
        int there = take(count);
        return Gbk.text(bytes, at - there, there);
    }

    /** STRING with its length in a BYTE before it. */
    public String shortText() {
        return text(u8());
    }

    /** STRING with its length in a WORD before it. */
    public String longText() {
        return text(u16());
    }

    /** STRING to the end of the body. */
    public String restText() {
        return text(left());
    }

    /** BCD[n] as 2·n digits as sent; empty if they are not all there. */
    public String bcd(int count) {
        if (!enough(count)) {
            return "";
        }
        at += count;
        return Bcd.hex(bytes, at - count, count);
    }

    /** Time BCD[6] in GMT+8 as ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}. */
    public long time() {
        if (!enough(DeviceTime.LENGTH)) {
            return PositionRecord.UNREADABLE_TIME;
        }
        at += DeviceTime.LENGTH;
        return DeviceTime.millis(bytes, at - DeviceTime.LENGTH);
    }

    /** BYTE[n]; if fewer are left, those. */
    public Bytes bytes(int count) {
        int there = take(count);
        return Bytes.of(bytes, at - there, there);
    }

    /** Everything that is left. */
    public Bytes rest() {
        return bytes(left());
    }

    /** A reader over the next bytes, which are passed over here; if fewer are left, over those. */
    public BodyReader part(int count) {
        int there = take(count);
        return new BodyReader(bytes, at - there, there);
    }

    /** Takes back everything that was read. */
    public void rewind() {
        at = start;
        partial = false;
    }

    /**
     * A list with a known count. It ends early where {@code item} says null, which an item does that has not room enough: then nothing of it was read.
     */
    public <T> List<T> list(long count, Function<BodyReader, @Nullable T> item) {
        List<T> list = new ArrayList<>();
        while (list.size() < count) {
            int before = at;
            T next = item.apply(this);
            if (next == null || at == before) {
                at = before;
                partial = true;
                break;
            }
            list.add(next);
        }
        return list;
    }

    /** A list to the end of the body. */
    public <T> List<T> restList(Function<BodyReader, @Nullable T> item) {
        return left() == 0 ? new ArrayList<>() : restListOfSome(item);
    }

    private <T> List<T> restListOfSome(Function<BodyReader, @Nullable T> item) {
        List<T> list = new ArrayList<>();
        while (left() > 0) {
            int before = at;
            T next = item.apply(this);
            if (next == null || at == before) {
                at = before;
                break;
            }
            list.add(next);
        }
        return list;
    }

    /** The array under the reader. */
    public byte[] array() {
        return bytes;
    }

    /** Where the next field starts in {@link #array}. */
    public int position() {
        return at;
    }

    /** Passes over bytes that were read in place. */
    public void skip(int count) {
        take(count);
    }

    private int take(int count) {
        int there = count;
        if (count > left()) {
            there = left();
            partial = true;
        }
        at += there;
        return there;
    }

    private boolean enough(int count) {
        if (count <= end - at) {
            return true;
        }
        at = end;
        partial = true;
        return false;
    }
}
