package io.haulwatch.app.serve;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.register.ReferenceFile;
import io.haulwatch.store.register.ReferenceLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a second whether the register changed, and hands a new set to those who read it. */
final class ReferenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceWatch.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final ReferenceLoader loader;
    private final Path file;
    private final List<Consumer<ReferenceSet>> readers;
    private final Thread thread;
    private long number;
    private boolean reachable = true;

    /**
     * @param known what the readers have now
     * @param readers told of each newer set, in order
     */
    ReferenceWatch(ReferenceLoader loader, Path file, ReferenceSet known, List<Consumer<ReferenceSet>> readers) {
        this.loader = loader;
        this.file = file;
        this.readers = readers;
        this.number = known.number();
        this.thread = Thread.ofPlatform().name("reference-watch").daemon(true).start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            // close() asked for it
        }
    }

    private void look() {
        try {
            if (loader.currentNumber() != number) {
                ReferenceSet set = loader.load();
                readers.forEach(reader -> reader.accept(set));
                number = set.number();
                ReferenceFile.write(file, set);
            }
            reachable = true;
        } catch (SQLException e) {
            if (reachable) {
                LOG.warn("the register cannot be read, the copy stays in force: {}", e.getMessage());
            }
            reachable = false;
        } catch (IOException e) {
            LOG.error("the register copy cannot be written: file={} error={}", file, e.toString());
        } catch (RuntimeException e) {
            LOG.error("a register could not be handed over: number={}", number, e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
