package io.haulwatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitterTest {
    @TempDir
    Path directory;

    @Test
    void answersInOrderWhatIsInTheLog() throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(directory));
                ExecutorService loop = Executors.newSingleThreadExecutor()) {
            GroupCommitter committer = new GroupCommitter(log);
            List<Long> answered = new ArrayList<>();
            CompletableFuture<Boolean> all = new CompletableFuture<>();
            GroupProducer[] producer = new GroupProducer[1];
            GroupCommitter.Completion completion = new GroupCommitter.Completion() {
                @Override
                public void durable(long[] tokens, int count) {
                    for (int i = 0; i < count; i++) {
                        answered.add(tokens[i]);
                    }
                    if (answered.size() == 10_000) {
                        all.complete(true);
                    }
                }

                @Override
                public void refused(long[] tokens, int count, LogUnavailableException why) {
                    all.completeExceptionally(why);
                }
            };
            long[] sent = {0};
            Runnable send = () -> {
                while (sent[0] < 10_000 && !producer[0].full()) {
                    producer[0].begin((int) (sent[0] % 4), 100).putLong(producer[0].position(), sent[0]);
                    producer[0].commit(100, sent[0]);
                    sent[0]++;
                    if (sent[0] % 13 == 0) {
                        producer[0].flush();
                    }
                }
                producer[0].flush();
            };
            producer[0] = committer.newProducer(loop, completion, send);
            loop.execute(send);

            assertThat(all.get(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 10_000; i++) {
                assertThat(answered.get(i)).isEqualTo(i);
            }
            assertThat(committer.records()).isEqualTo(10_000);
            for (int partition = 0; partition < 4; partition++) {
                assertThat(log.end(partition)).isEqualTo(2500);
            }
            committer.close();
        }
    }
}
