package io.haulwatch.console.register;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody still has to do about a company. A company with open work is not retired: its manager could answer nothing any more, and
 * nobody would look for the rest. Alarms that nobody has taken up stay at the desk, and messages that wait still go out; both need no company.
 *
 * @param cases that are open, the oldest first, some of them
 * @param alarms that somebody works on or waits for
 * @param notices of these that the company has not answered
 * @param appeals that nobody has decided
 */
record OpenWork(List<Long> cases, int caseCount, int alarms, int notices, int appeals) {
    private static final int NAMED = 10;

    static OpenWork of(Connection connection, int companyId) throws SQLException {
        List<Long> cases = new SqlText(
                        "select case_id from hw.safety_case where company_id = ? and state = 'open' order by case_id",
                        companyId)
                .list(connection, row -> row.getLong(1));
        return new OpenWork(
                cases.stream().limit(NAMED).toList(),
                cases.size(),
                count(connection, """
                        select count(*) from hw.episode where company_id = ? and handling in ('claimed', 'acting', 'waiting')
                            and state in ('open', 'closed', 'amended')
                        """, companyId),
                count(connection, """
                        select count(*) from hw.notice n join hw.episode e on e.episode_id = n.episode_id
                        where n.company_id = ? and n.answered_at is null and e.handling = 'waiting' and e.waits_for = 'company'
                        """, companyId),
                count(
                        connection,
                        "select count(*) from hw.appeal where company_id = ? and decided_at is null",
                        companyId));
    }

    private static int count(Connection connection, String sql, int companyId) throws SQLException {
        return new SqlText(sql, companyId)
                .first(connection, row -> row.getInt(1))
                .orElse(0);
    }

    /** @throws Refusal if there is any, naming it */
    void refuseIfAny() {
        if (caseCount + alarms + appeals == 0) {
            return;
        }
        String named = cases.stream().map(id -> "#" + id).collect(Collectors.joining(", "))
                + (caseCount > cases.size() ? ", …" : "");
        throw Refusal.ruleBroken(
                        "company-open-work",
                        "The company has open work: " + caseCount + " cases"
                                + (named.isEmpty() ? "" : " (" + named + ")")
                                + ", " + alarms + " alarms that are being handled, " + notices
                                + " notices without an answer, " + appeals
                                + " appeals. Close the cases, settle the alarms and decide the appeals, then retire it.")
                .saying("cases", named.isEmpty() ? "0" : named)
                .saying("alarms", alarms)
                .saying("notices", notices)
                .saying("appeals", appeals);
    }
}
