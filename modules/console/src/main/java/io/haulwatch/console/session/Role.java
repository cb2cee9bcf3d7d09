package io.haulwatch.console.session;

import java.util.Locale;

/** What somebody is. */
public enum Role {
    /** Runs the installation and looks after its users. */
    ADMIN,
    /** Leads a shift of the safety centre. */
    LEAD,
    /** Works at a desk of the safety centre. */
    AGENT,
    /** Safety manager of one company or of a group of them. */
    COMPANY,
    /** Watches a region and supervises its companies; moves no truck. */
    REGULATOR,
    /** Drives; has an account and no pages of the fleet. */
    DRIVER;

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
        throw new IllegalArgumentException("role is admin, lead, agent, company, regulator or driver: role=" + word);
    }

    /** Whether an installation may want a second factor of everybody with this role: what he sees or does reaches far. */
    public boolean reachesFar() {
        return this == ADMIN || this == LEAD || this == REGULATOR;
    }

    /** Whether somebody with this role may be given a reach. */
    public boolean fits(Reach reach) {
        return switch (this) {
            case ADMIN -> reach instanceof Reach.All;
            case LEAD, AGENT, REGULATOR -> true;
            case COMPANY -> reach instanceof Reach.Companies;
            case DRIVER ->
                reach instanceof Reach.Companies companies && companies.ids().size() == 1;
        };
    }
}
