package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.model.report.PositionRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a message says, in order, for people and for files: keys with the unit last, numbers scaled, codes and bits in words. */
public final class Tree {
    private static final DateTimeFormatter GMT8 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private final Edition edition;
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    /** An empty tree for a message of this edition. */
    public Tree(Edition edition) {
        this.edition = edition;
    }

    /** The edition whose words count: some bits changed their meaning. */
    public Edition edition() {
        return edition;
    }

    /** The tree; a later change shows in it. */
    public Map<String, @Nullable Object> map() {
        return Collections.unmodifiableMap(map);
    }

    /** A number, text or null. */
    public Tree put(String key, @Nullable Object value) {
        map.put(key, value);
        return this;
    }

    /** A number in tenths. */
    public Tree tenths(String key, long value) {
        return put(key, BigDecimal.valueOf(value, 1));
    }

    /** Degrees from millionths. */
    public Tree degrees(String key, long microdeg) {
        return put(key, BigDecimal.valueOf(microdeg, 6));
    }

    /** A moment in GMT+8; null if it was unreadable. */
    public Tree time(String key, long utcMillis) {
        return put(
                key, utcMillis == PositionRecord.UNREADABLE_TIME ? null : GMT8.format(Instant.ofEpochMilli(utcMillis)));
    }

    /** Bytes in hex. */
    public Tree raw(String key, Bytes bytes) {
        return put(key, bytes.hex());
    }

    /** A code by its words, from 0; a null or a missing word is "code_7". */
    public Tree code(String key, int value, @Nullable String... words) {
        String word = value >= 0 && value < words.length ? words[value] : null;
        return put(key, word == null ? "code_" + value : word);
    }

    /** The names of the bits that are set, lowest first; a null or a missing name is "bit_7". */
    public Tree bits(String key, long value, @Nullable String... names) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((value >>> bit & 1) != 0) {
                String name = bit < names.length ? names[bit] : null;
                set.add(name == null ? "bit_" + bit : name);
            }
        }
        return put(key, set);
    }

    /** A list of trees. */
    public <T> Tree list(String key, List<T> items, BiConsumer<T, Tree> describe) {
        List<Object> trees = new ArrayList<>();
        for (T item : items) {
            Tree tree = new Tree(edition);
            describe.accept(item, tree);
            trees.add(tree.map());
        }
        return put(key, trees);
    }

    /** A tree inside. */
    public <T> Tree branch(String key, T inner, BiConsumer<T, Tree> describe) {
        Tree tree = new Tree(edition);
        describe.accept(inner, tree);
        return put(key, tree.map());
    }

    /** "0x" and as many hex digits as the width asks for. */
    public static String hex(long value, int digits) {
        return "0x" + String.format(Locale.ROOT, "%0" + digits + "X", value);
    }
}
