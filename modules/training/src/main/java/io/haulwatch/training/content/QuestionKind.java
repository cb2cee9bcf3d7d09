package io.haulwatch.training.content;

import java.util.Locale;

/** 题型: how a question is answered. */
public enum QuestionKind {
    /** 单选题: exactly one option is right. */
    SINGLE,
    /** 多选题: two options or more are right, and one or more is wrong. */
    MULTIPLE,
    /** 判断题: two options, one of which is right. They are always shown in their own order. */
    TRUE_FALSE;

    /** As written in files and stored: {@code single}, {@code multiple}, {@code true_false}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a code. */
    public static QuestionKind of(String code) {
        for (QuestionKind kind : values()) {
            if (kind.code().equals(code)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind is single, multiple or true_false: kind=" + code);
    }
}
