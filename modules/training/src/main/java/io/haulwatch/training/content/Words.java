package io.haulwatch.training.content;

import org.jspecify.annotations.Nullable;

/**
 * The same thing said in the languages of the console.
 *
 * @param zh Chinese, never blank
 * @param en English, or null where nobody has translated it
 */
public record Words(String zh, @Nullable String en) {
    public Words {
        if (zh.isBlank() || (en != null && en.isBlank())) {
            throw new IllegalArgumentException("words must say something: zh=" + zh + ", en=" + en);
        }
    }

    /** Words in Chinese alone. */
    public static Words chinese(String zh) {
        return new Words(zh, null);
    }

    /** In a language of the console, {@code zh-CN} or {@code en}; in Chinese where there is no other. */
    public String in(String language) {
        return en != null && language.startsWith("en") ? en : zh;
    }

    int longest() {
        return en == null ? zh.length() : Math.max(zh.length(), en.length());
    }
}
