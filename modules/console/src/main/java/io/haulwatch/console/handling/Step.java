package io.haulwatch.console.handling;

import static io.haulwatch.console.handling.Handling.ACTING;
import static io.haulwatch.console.handling.Handling.ANSWERED;
import static io.haulwatch.console.handling.Handling.APPEALED;
import static io.haulwatch.console.handling.Handling.CLAIMED;
import static io.haulwatch.console.handling.Handling.COMPANY_ASKED;
import static io.haulwatch.console.handling.Handling.FALSE;
import static io.haulwatch.console.handling.Handling.IN_CASE;
import static io.haulwatch.console.handling.Handling.NEW;
import static io.haulwatch.console.handling.Handling.OVERTURNED;
import static io.haulwatch.console.handling.Handling.RESOLVED;
import static io.haulwatch.console.handling.Handling.SECOND_PERSON;

import java.util.EnumSet;
import java.util.Set;

/** The one table of what may be done to an alarm in which state, and where it leads. Nothing else changes an alarm's handling. */
public enum Step {
    /** Takes it; also again, after a claim that ran out, and over from somebody by a lead. */
    CLAIM(EnumSet.of(NEW, CLAIMED, COMPANY_ASKED, ANSWERED), EnumSet.of(CLAIMED)),
    RELEASE(EnumSet.of(CLAIMED), EnumSet.of(NEW)),
    /** A claim runs out by itself. */
    EXPIRE(EnumSet.of(CLAIMED), EnumSet.of(NEW)),
    /** Begins an act that can be undone for some seconds. */
    BEGIN(EnumSet.of(NEW, CLAIMED, COMPANY_ASKED, ANSWERED), EnumSet.of(ACTING)),
    /** Takes a begun act back: he who began it, or a lead who takes over. */
    UNDO(EnumSet.of(ACTING), EnumSet.of(CLAIMED)),
    /** The act could not take effect. */
    FAIL(EnumSet.of(ACTING), EnumSet.of(NEW)),
    /** A text went to the cab, or somebody was reached by telephone. */
    RESOLVE(EnumSet.of(ACTING), EnumSet.of(RESOLVED)),
    /** Nobody was reached: it is due again. */
    CALL_AGAIN(EnumSet.of(ACTING), EnumSet.of(NEW)),
    SEND_NOTICE(EnumSet.of(ACTING), EnumSet.of(COMPANY_ASKED)),
    /** Called false, where one person's word is enough. */
    DISMISS(EnumSet.of(ACTING), EnumSet.of(FALSE)),
    ASK_SECOND_PERSON(EnumSet.of(ACTING), EnumSet.of(SECOND_PERSON)),
    ESCALATE(EnumSet.of(ACTING), EnumSet.of(IN_CASE)),
    APPROVE(EnumSet.of(SECOND_PERSON), EnumSet.of(FALSE)),
    REJECT(EnumSet.of(SECOND_PERSON), EnumSet.of(NEW)),
    /** The company answers its notice. */
    ANSWER(EnumSet.of(COMPANY_ASKED), EnumSet.of(ANSWERED)),
    /** Handled with a note alone, without an act. */
    ACKNOWLEDGE(EnumSet.of(NEW, CLAIMED, COMPANY_ASKED, ANSWERED), EnumSet.of(RESOLVED)),
    /** Taken into a case by hand. */
    TAKE_INTO_CASE(EnumSet.of(NEW, CLAIMED, COMPANY_ASKED, ANSWERED), EnumSet.of(IN_CASE)),
    CLOSE_CASE(EnumSet.of(IN_CASE), EnumSet.of(RESOLVED)),
    /** The company or its driver contests it. */
    APPEAL(EnumSet.of(NEW, COMPANY_ASKED, ANSWERED, RESOLVED), EnumSet.of(APPEALED)),
    /** The appeal is accepted: it leaves score and figures. */
    ACCEPT_APPEAL(EnumSet.of(APPEALED), EnumSet.of(OVERTURNED)),
    /** The appeal is rejected: back to where it was, to the desk if it was not handled. */
    REJECT_APPEAL(EnumSet.of(APPEALED), EnumSet.of(NEW, RESOLVED));

    @SuppressWarnings("ImmutableEnumChecker") // made here, never changed
    private final Set<Handling> from;

    @SuppressWarnings("ImmutableEnumChecker") // made here, never changed
    private final Set<Handling> to;

    Step(Set<Handling> from, Set<Handling> to) {
        this.from = from;
        this.to = to;
    }

    /** Whether it may be made in a state. */
    public boolean isOpenTo(Handling state) {
        return from.contains(state);
    }

    /** Whether it leads from one state to the other. */
    public boolean leads(Handling before, Handling after) {
        return from.contains(before) && to.contains(after);
    }
}
