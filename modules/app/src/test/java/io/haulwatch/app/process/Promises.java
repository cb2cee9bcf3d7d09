package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.replay.CleanPass;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.app.ledger.LedgerCheck;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.register.ReferenceLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

/** What has to be true after whatever happened, looked up in the database of a product that has stopped. */
final class Promises {
    private Promises() {}

    /** Every promised position is stored exactly once, and the episodes are those of one clean pass over what is stored. */
    static void assertKept(String test, ProductProcess stopped, List<Path> ledgers) throws Exception {
        try (DatabaseAccess access = open(stopped);
                Connection connection = access.databases().administrator()) {
            LedgerCheck.Result ledger = LedgerCheck.check(connection, ledgers);
            System.out.println(test + " ledgers: " + ledger);
            assertThat(ledger.lines()).isGreaterThan(1_000);
            assertThat(ledger.good()).as(ledger.toString()).isTrue();

            ReferenceSet reference = new ReferenceLoader(access.databases().writer()).load();
            CleanPass clean = CleanPass.over(Stored.positions(connection), reference);
            List<Episode> stored = Stored.episodes(connection);
            System.out.println(test + " episodes: stored " + stored.size() + ", clean pass "
                    + clean.episodes().size());
            assertThat(clean.episodes()).isNotEmpty();
            assertThat(clean.differences(stored)).isEmpty();
        }
    }

    /** The database of a product that has stopped. */
    static DatabaseAccess open(ProductProcess stopped) throws Exception {
        return DatabaseAccess.forCommand(
                Config.load(
                        null,
                        stopped.environment(),
                        java.util.Map.of("data", stopped.data().toString())),
                sentence -> {});
    }
}
