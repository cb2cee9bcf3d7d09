package io.haulwatch.jt808;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks a layout of the sheet in one of two ways: over bytes, to say what they mean, or over dice, to make bytes that are legal. A layout is written once, in
 * {@link ReferenceBodies}; every field is read digit by digit and shares no line with the product.
 */
final class ReferenceWalk {
    private static final Charset GBK = Charset.forName("GBK");
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    private static final String HAN = "粤京沪张伟运输局道路车辆仓库学校干线天气晴雨是否到达减速前方拥堵";

    private final @Nullable Random dice;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final byte[] bytes;
    private int at;
    private Map<String, Object> tree = new LinkedHashMap<>();

    private ReferenceWalk(@Nullable Random dice, byte[] bytes) {
        this.dice = dice;
        this.bytes = bytes;
    }

    /** A walk that makes a body. */
    static ReferenceWalk making(Random dice) {
        return new ReferenceWalk(dice, new byte[0]);
    }

    /** A walk that reads a body. */
    static ReferenceWalk reading(byte[] bytes) {
        return new ReferenceWalk(null, bytes);
    }

    boolean making() {
        return dice != null;
    }

    Random dice() {
        if (dice == null) {
            throw new IllegalStateException("only a making walk has dice");
        }
        return dice;
    }

    byte[] made() {
        return made.toByteArray();
    }

    Map<String, Object> tree() {
        if (at != bytes.length) {
            throw new IllegalStateException("the layout ends at " + at + ", the body at " + bytes.length);
        }
        return tree;
    }

    int left() {
        return bytes.length - at;
    }

    int length() {
        return bytes.length;
    }

    /** A byte further on, without going there; only when reading. */
    int ahead(int distance) {
        return at + distance < bytes.length ? bytes[at + distance] & 255 : -1;
    }

    void say(String key, @Nullable Object value) {
        tree.put(key, value == null ? "null" : value);
    }

    /** An unsigned number that is not said; dice prefer the ends of the range. */
    long number(int width, long lowest, long highest) {
        long number = 0;
        if (making()) {
            number = switch (dice().nextInt(8)) {
                case 0 -> lowest;
                case 1 -> highest;
                case 2 -> Math.min(highest, lowest + dice().nextInt(300));
                default -> lowest + Math.floorMod(dice().nextLong(), highest - lowest + 1);
            };
            for (int i = width - 1; i >= 0; i--) {
                made.write((int) (number / power(i) % 256));
            }
            return number;
        }
        for (int i = 0; i < width; i++) {
            number = number * 256 + (bytes[at++] & 255);
        }
        return number;
    }

    long number(int width) {
        return number(width, 0, power(width) - 1);
    }

    long number(String key, int width) {
        long number = number(width);
        say(key, number);
        return number;
    }

    long number(String key, int width, long lowest, long highest) {
        long number = number(width, lowest, highest);
        say(key, number);
        return number;
    }

    void tenths(String key, int width) {
        say(key, BigDecimal.valueOf(number(width), 1));
    }

    /** A signed WORD. */
    void metres(String key) {
        long number = number(2);
        say(key, number > 32_767 ? number - 65_536 : number);
    }

    void code(String key, int width, String... words) {
        long number = number(width, 0, words.length - 1 + (making() && dice().nextInt(10) == 0 ? 3 : 0));
        say(key, word(number, words));
    }

    static String word(long number, String... words) {
        return number >= words.length || words[(int) number].isEmpty() ? "code_" + number : words[(int) number];
    }

    long bits(String key, int width, String... names) {
        long number = number(width);
        say(key, names(number, names));
        return number;
    }

    static List<String> names(long number, String... names) {
        List<String> set = new ArrayList<>();
        long rest = number;
        for (int bit = 0; rest > 0; bit++) {
            if (rest % 2 == 1) {
                set.add(bit < names.length && !names[bit].isEmpty() ? names[bit] : "bit_" + bit);
            }
            rest /= 2;
        }
        return set;
    }

    /** Bytes as hex, not said. */
    String hex(int count) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int b = making() ? dice().nextInt(256) : bytes[at++] & 255;
            if (making()) {
                made.write(b);
            }
            hex.append("0123456789ABCDEF".charAt(b / 16)).append("0123456789ABCDEF".charAt(b % 16));
        }
        return hex.toString();
    }

    /** Bytes up to the end. */
    String restHex(int most) {
        return hex(making() ? dice().nextInt(most + 1) : left());
    }

    /** Decimal digits, two a byte. */
    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int b = making() ? dice().nextInt(10) * 16 + dice().nextInt(10) : bytes[at++] & 255;
            if (making()) {
                made.write(b);
            }
            digits.append(b / 16).append(b % 16);
        }
        return digits.toString();
    }

    /** A time YYMMDDhhmmss that exists. */
    String time() {
        if (!making()) {
            return digits(6);
        }
        int[] parts = {
            dice().nextInt(100),
            1 + dice().nextInt(12),
            1 + dice().nextInt(28),
            dice().nextInt(24),
            dice().nextInt(60),
            dice().nextInt(60)
        };
        StringBuilder digits = new StringBuilder();
        for (int part : parts) {
            made.write(part / 10 * 16 + part % 10);
            digits.append(part / 10).append(part % 10);
        }
        return digits.toString();
    }

    /** A moment in GMT+8. */
    void moment(String key) {
        say(key, iso(time()));
    }

    static String iso(String t) {
        return "20" + t.substring(0, 2) + "-" + t.substring(2, 4) + "-" + t.substring(4, 6) + "T" + t.substring(6, 8)
                + ":" + t.substring(8, 10) + ":" + t.substring(10, 12) + "+08:00";
    }

    /** A time that may be one of every day, or none. */
    void window(String key, String none) {
        String t = "";
        if (!making()) {
            t = digits(6);
        } else if (dice().nextInt(3) == 0) {
            for (int i = 0; i < 6; i++) {
                made.write(0);
            }
        } else {
            time();
        }
        if (making()) {
            return;
        }
        String clock = t.substring(6, 8) + ":" + t.substring(8, 10) + ":" + t.substring(10, 12);
        if (t.equals("000000000000") && !none.isEmpty()) {
            say(key, none);
        } else if (t.startsWith("000000")) {
            say(key, "daily " + clock);
        } else {
            say(key, "20" + t.substring(0, 2) + "-" + t.substring(2, 4) + "-" + t.substring(4, 6) + " " + clock);
        }
    }

    /** Text with its length before it. */
    String text(int lengthWidth, int most) {
        if (making()) {
            byte[] text = words(most).getBytes(GBK);
            for (int i = lengthWidth - 1; i >= 0; i--) {
                made.write((int) (text.length / power(i) % 256));
            }
            made.writeBytes(text);
            return "";
        }
        return fixed((int) number(lengthWidth));
    }

    /** Text in a field of its own width, 0x00 behind. */
    String padded(int width) {
        if (making()) {
            byte[] text = words(width).getBytes(GBK);
            made.writeBytes(text);
            for (int i = text.length; i < width; i++) {
                made.write(0);
            }
            return "";
        }
        return fixed(width);
    }

    /** Text to the end. */
    String restText(int most) {
        if (making()) {
            made.writeBytes(words(most).getBytes(GBK));
            return "";
        }
        return fixed(left());
    }

    /** Puts bytes made elsewhere into the body. */
    void bytes(byte[] elsewhere) {
        made.writeBytes(elsewhere);
    }

    /** The next bytes, to be read elsewhere. */
    byte[] take(int count) {
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** Puts characters of one's own into the body. */
    void write(String ascii) {
        made.writeBytes(ascii.getBytes(GBK));
    }

    void list(String key, long count, Consumer<ReferenceWalk> item) {
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(inner(item));
        }
        say(key, items);
    }

    /** A list to the end. */
    void rest(String key, int most, Consumer<ReferenceWalk> item) {
        List<Object> items = new ArrayList<>();
        int count = making() ? dice().nextInt(most + 1) : Integer.MAX_VALUE;
        while (making() ? items.size() < count : left() > 0) {
            items.add(inner(item));
        }
        say(key, items);
    }

    void in(String key, Consumer<ReferenceWalk> part) {
        say(key, inner(part));
    }

    private Map<String, Object> inner(Consumer<ReferenceWalk> part) {
        Map<String, Object> outer = tree;
        tree = new LinkedHashMap<>();
        part.accept(this);
        Map<String, Object> found = tree;
        tree = outer;
        return found;
    }

    private String fixed(int count) {
        String text = new String(bytes, at, count, GBK);
        at += count;
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private String words(int mostBytes) {
        StringBuilder words = new StringBuilder();
        int left = dice().nextInt(Math.min(mostBytes, 24) + 1);
        while (left > 0) {
            boolean han = left > 1 && dice().nextBoolean();
            String from = han ? HAN : LETTERS;
            words.append(from.charAt(dice().nextInt(from.length())));
            left -= han ? 2 : 1;
        }
        return words.toString();
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 256;
        }
        return power;
    }
}
