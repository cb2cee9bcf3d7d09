package io.haulwatch.console.session;

import java.util.EnumSet;
import java.util.Set;

/**
 * The one table of who may do what. Every route names its right; which companies somebody sees is a second question, answered by the
 * scope.
 */
public enum Right {
    /** No session needed. */
    PUBLIC("nothing", EnumSet.allOf(Role.class)),
    /** Any session. */
    SIGNED_IN("a session", EnumSet.allOf(Role.class)),
    /** Look at trucks, alarms, companies and zones of one's scope. */
    WATCH("the right to watch the fleet", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY, Role.REGULATOR)),
    /** Play back what all trucks did in a place; not for the regulator, who says why for each truck that he looks at. */
    REPLAY_AREAS("the right to replay an area", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** Acknowledge alarms and write notes. */
    HANDLE_ALARMS("the right to handle alarms", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** Take alarms from the desk's queue and act on them: texts to cabs, calls, notices, false alarms, cases. */
    WORK_AT_DESK("the right to work at the desk", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT)),
    /** Take an alarm over from somebody who works on it. */
    LEAD_DESK("the right to lead the desk", EnumSet.of(Role.ADMIN, Role.LEAD)),
    /** Answer what the centre asks of one's company. */
    ANSWER_NOTICES("the right to answer for a company", EnumSet.of(Role.COMPANY)),
    /** Say how long each step of handling an alarm may take. */
    SET_DUTIES("the right to set deadlines", EnumSet.of(Role.ADMIN)),
    /** Say what is offered as texts to the cab. */
    SET_CAB_TEXTS("the right to set texts to the cab", EnumSet.of(Role.ADMIN)),
    /** Send texts and queries to terminals. */
    COMMAND_TERMINALS("the right to command terminals", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT)),
    /** Send orders to many trucks, set their parameters, and decide on what somebody else ordered. */
    ORDER_IN_BULK("the right to order in bulk", EnumSet.of(Role.ADMIN, Role.LEAD)),
    /** Look at what a truck's cameras and recorder sent: it shows people. */
    SEE_FILES("the right to see pictures from trucks", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** Listen into a cab that does not know. */
    LISTEN_IN("the right to listen into a cab", EnumSet.of(Role.ADMIN, Role.LEAD)),
    /** See which terminals were not let in; they belong to no company, so it also takes a scope of all of them. */
    SEE_REFUSED_TERMINALS("the right to see refused terminals", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT)),
    /** See drivers' names, and the numbers of their papers and cards, in full. */
    SEE_DRIVERS("the right to see drivers' names", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** See a driver's telephone number in full. */
    SEE_DRIVER_PHONES("the right to see drivers' numbers", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT)),
    /** Take tables into the register; they may speak of every company, so it also takes a scope of all of them. */
    IMPORT_REGISTER("the right to import the register", EnumSet.of(Role.ADMIN, Role.LEAD)),
    /** Enter papers, services, inspections and accidents of one's scope, with scans and photos. */
    KEEP_DUTIES("the right to keep papers and duties", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** Agree to papers that somebody entered, correct them and hold them back. */
    REVIEW_PAPERS("the right to review papers", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT)),
    /** Say who is told what happens to one's companies, and see whether it arrived. */
    MANAGE_RECEIVERS("the right to manage notifications", EnumSet.of(Role.ADMIN, Role.COMPANY)),
    /** Let a month of indicators be counted once more; it is everyone's, so it also takes a scope of all companies. */
    RERUN_INDICATORS("the right to count indicators again", EnumSet.of(Role.ADMIN, Role.LEAD, Role.REGULATOR)),
    /** Issue orders to companies, judge their answers, and plan inspections; the supervision is the regulator's alone. */
    SUPERVISE("the right to supervise companies", EnumSet.of(Role.REGULATOR)),
    /** Learn: a driver on his own phone, who sees what names him and nothing else. */
    LEARN("the right to learn", EnumSet.of(Role.DRIVER)),
    /** Say who has to learn what until when, and excuse drivers of one's scope from it. */
    ASSIGN_TRAINING("the right to assign training", EnumSet.of(Role.ADMIN, Role.LEAD, Role.AGENT, Role.COMPANY)),
    /** Write courses and their questions; they are everyone's, so it also takes a scope of all companies. */
    WRITE_COURSES("the right to write courses", EnumSet.of(Role.ADMIN, Role.LEAD)),
    /** Look after users, see their sessions and read the audit. */
    ADMINISTER_USERS("the right to administer users", EnumSet.of(Role.ADMIN));

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // made here, never changed
    private final Set<Role> roles;

    Right(String words, Set<Role> roles) {
        this.words = words;
        this.roles = roles;
    }

    /** Whether a role holds it. */
    public boolean heldBy(Role role) {
        return roles.contains(role);
    }

    /** What it is, for a sentence. */
    public String words() {
        return words;
    }

    /** Who holds it, for a sentence. */
    public String holders() {
        return roles.stream().map(Role::word).reduce((a, b) -> a + ", " + b).orElse("nobody");
    }
}
