package io.haulwatch.rules.terminal;

import io.haulwatch.model.report.PositionRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of an active-safety item (0x64 to 0x67) of a position report: what is needed to know an alarm. The rest stays in the raw body, which is the
 * episode's evidence.
 *
 * @param flag 0 not used (an event of an instant), 1 start, 2 end
 * @param type as the item has it; of tyres the lowest bit of the first that has one, counted from 1
 * @param level 1 or 2, 0 where the item has none
 */
public record SafetyItem(Kind kind, int flag, int type, int level) {
    /** Start of an alarm that lasts. */
    public static final int START = 1;
    /** Its end. */
    public static final int END = 2;

    private static final int BASE = 28;
    private static final int FLAG_AT = 4;
    private static final int TYPE_AT = 5;
    private static final int LEVEL_AT = 6;
    private static final int SHORT_MARK = 16;
    private static final int LONG_MARK = 40;
    private static final int TYRES_BEFORE_MARK = 24;

    /** Which of the four. */
    public enum Kind {
        ADAS(0x64, "adas", 7, 31),
        DSM(0x65, "dsm", 5, 31),
        TYRES(0x66, "tyres", 7, TYRES_BEFORE_MARK),
        BLIND_SPOT(0x67, "bsd", 3, 25);

        private final int id;
        private final String word;
        private final int lastNamed;
        private final int beforeMark;

        Kind(int id, String word, int lastNamed, int beforeMark) {
            this.id = id;
            this.word = word;
            this.lastNamed = lastNamed;
            this.beforeMark = beforeMark;
        }

        String word() {
            return word;
        }

        /** Highest type that the standard names. */
        int lastNamed() {
            return lastNamed;
        }
    }

    /** The items of a report; one whose length fits neither mark is somebody else's (§7.5) and left out. */
    public static List<SafetyItem> of(PositionRecord report) {
        List<SafetyItem> items = new ArrayList<>(1);
        int end = report.bodyLength();
        int at = BASE;
        while (at + 2 <= end) {
            int size = report.bodyByte(at + 1);
            if (at + 2 + size > end) {
                break;
            }
            for (Kind kind : Kind.values()) {
                if (kind.id == report.bodyByte(at)) {
                    read(kind, report, at + 2, size, items);
                }
            }
            at += 2 + size;
        }
        return items;
    }

    private static void read(Kind kind, PositionRecord report, int at, int size, List<SafetyItem> into) {
        int flag = size > FLAG_AT ? report.bodyByte(at + FLAG_AT) : 0;
        switch (kind) {
            case TYRES -> {
                int type = tyreType(report, at, size);
                if (type > 0) {
                    into.add(new SafetyItem(kind, flag, type, 0));
                }
            }
            case ADAS, DSM -> {
                if (fits(kind, size)) {
                    into.add(new SafetyItem(kind, flag, report.bodyByte(at + TYPE_AT), report.bodyByte(at + LEVEL_AT)));
                }
            }
            case BLIND_SPOT -> {
                if (fits(kind, size)) {
                    into.add(new SafetyItem(kind, flag, report.bodyByte(at + TYPE_AT), 0));
                }
            }
        }
    }

    private static boolean fits(Kind kind, int size) {
        return size == kind.beforeMark + SHORT_MARK || size == kind.beforeMark + LONG_MARK;
    }

    /** Bits of the entries: 0 periodic, which is no alarm, 1 high, 2 low, 3 hot … Entries have 9 bytes, in the long dialect 10 or 9. */
    private static int tyreType(PositionRecord report, int at, int size) {
        for (int mark : new int[] {SHORT_MARK, LONG_MARK}) {
            int countAt = TYRES_BEFORE_MARK + mark;
            int count = size > countAt ? report.bodyByte(at + countAt) : 0;
            int left = size - countAt - 1;
            if (count == 0 || left % count != 0) {
                continue;
            }
            int entry = left / count;
            int wheel = entry - 8;
            if (wheel != 1 && (wheel != 2 || mark != LONG_MARK)) {
                continue;
            }
            int bits = 0;
            for (int i = 0; i < count; i++) {
                int typeAt = at + countAt + 1 + i * entry + wheel;
                bits |= report.bodyByte(typeAt) << 8 | report.bodyByte(typeAt + 1);
            }
            int alarms = bits & ~1;
            return alarms == 0 ? 0 : Integer.numberOfTrailingZeros(alarms);
        }
        return 0;
    }
}
