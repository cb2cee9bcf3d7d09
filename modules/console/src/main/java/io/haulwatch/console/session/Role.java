package io.haulwatch.console.session;

import java.util.Locale;

/** What somebody is. */
public enum Role {
    /** Runs the installation. */
    ADMIN,
    /** Works in the safety centre; sees all companies. */
    CENTRE,
    /** Safety manager of one company. */
    COMPANY,
    /** Watches a region; reads only. */
    REGULATOR;

    /** The word of database and API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word of the database. */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role is admin, centre, company or regulator: role=" + word);
    }
}
