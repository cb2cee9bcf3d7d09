package io.haulwatch.training.content;

import java.util.Locale;
import java.util.Set;

/** The ways in which the two options of true or false are written (判断题的对与错). */
public final class TrueFalse {
    public static final Words TRUE = new Words("对", "True");
    public static final Words FALSE = new Words("错", "False");

    private static final Set<String> TRUES = Set.of("对", "正确", "是", "true", "yes", "√");
    private static final Set<String> FALSES = Set.of("错", "错误", "否", "不正确", "不对", "false", "no", "×");

    private TrueFalse() {}

    /** Whether these two options say true and false, in whichever order. */
    public static boolean isPair(String first, String second) {
        return (isTrue(first) && isFalse(second)) || (isFalse(first) && isTrue(second));
    }

    /** Whether an option says true. */
    public static boolean isTrue(String option) {
        return TRUES.contains(plain(option));
    }

    /** Whether an option says false. */
    public static boolean isFalse(String option) {
        return FALSES.contains(plain(option));
    }

    /** The option in both languages, where it is one of these. */
    public static Words words(String option) {
        if (isTrue(option)) {
            return TRUE;
        }
        return isFalse(option) ? FALSE : Words.chinese(option);
    }

    private static String plain(String option) {
        String text = option.strip().toLowerCase(Locale.ROOT);
        return text.endsWith("。") || text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
