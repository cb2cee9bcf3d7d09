package io.haulwatch.log.local;

import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Builds a new log from the readable part of a damaged one. The damaged files are opened as a copy, so they stay as they were found; every
 * readable block is copied into new files, which then take the place of the old ones.
 */
final class Salvage {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final long BATCH_BYTES = 4 << 20;

    private final LocalLogOptions options;
    private final int slots;
    private final long[] marked;

    private Salvage(LocalLogOptions options) throws IOException {
        this.options = options;
        slots = options.partitions() + 1;
        marked = new EndMarks(options.directory()).read(slots);
    }

    static SalvageReport run(LogFolder folder, LocalLogOptions options) throws IOException {
        Path copy = folder.database().resolveSibling("db.salvage");
        Path next = folder.nextDatabase();
        deleteTree(copy);
        deleteTree(next);
        copyFiles(folder.database(), copy);
        List<SalvageReport.PartitionReport> reports = new Salvage(options).copyReadable(copy, next);
        deleteTree(copy);

        String stamp = STAMP.format(options.clock().instant());
        Path damaged = folder.database().resolveSibling("db.damaged-" + stamp);
        Files.move(folder.database(), damaged);
        Files.move(next, folder.database());
        return new SalvageReport(damaged, reports);
    }

    private List<SalvageReport.PartitionReport> copyReadable(Path copy, Path next) throws IOException {
        List<SalvageReport.PartitionReport> reports = new ArrayList<>();
        try (RocksStore from = RocksStore.open(
                        copy,
                        options.partitions(),
                        RocksStore.Recovery.KEEP_WHAT_IS_READABLE,
                        RocksStore.Sizes.NORMAL);
                RocksStore to = RocksStore.open(
                        next, options.partitions(), RocksStore.Recovery.REFUSE_DAMAGE, RocksStore.Sizes.NORMAL)) {
            copyMeta(from, to);
            for (int slot = 0; slot < slots; slot++) {
                reports.add(copySlot(from, to, slot));
            }
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                to.db.flush(flush, List.of(to.slots));
                to.db.flush(flush, to.meta);
            }
        } catch (RocksDBException e) {
            throw RocksStore.translate(options.directory(), e);
        }
        return reports;
    }

    /** Reader offsets and starts. What cannot be read is left out: readers then begin at their own mark or at the start. */
    private static void copyMeta(RocksStore from, RocksStore to) throws RocksDBException {
        try (RocksIterator iterator = from.db.newIterator(from.meta)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                to.db.put(to.meta, to.unsynced, iterator.key(), iterator.value());
            }
        }
    }

    private SalvageReport.PartitionReport copySlot(RocksStore from, RocksStore to, int slot) throws RocksDBException {
        int partition = slot == slots - 1 ? ReportLog.EPISODES : slot;
        long raised = from.number("raised/" + partition);
        long storedStart = Math.max(0, from.number("start/" + partition));
        List<SalvageReport.Gap> gaps = new ArrayList<>();
        long first = -1;
        // What was purged may still lie in a file or not: nobody misses it.
        long expected = storedStart;
        long limit = Math.max(marked[slot], raised);
        try (WriteBatch batch = new WriteBatch()) {
            long at = 0;
            while (at >= 0) {
                // One run of readable blocks, from the first at or after "at" to the end or to the next unreadable
                // place.
                long reached = at;
                try (RocksIterator iterator = from.db.newIterator(from.slots[slot], from.scanOptions)) {
                    for (iterator.seek(Block.key(at)); iterator.isValid(); iterator.next()) {
                        byte[] value = iterator.value();
                        long offset = Block.offset(iterator.key());
                        if (!Block.isReadable(ByteBuffer.wrap(value), value.length)) {
                            reached = offset + 1;
                            continue;
                        }
                        if (first < 0) {
                            first = offset;
                        }
                        if (offset > expected) {
                            gaps.add(new SalvageReport.Gap(expected, offset));
                        }
                        batch.put(to.slots[slot], iterator.key(), value);
                        reached = offset + Block.count(ByteBuffer.wrap(value));
                        expected = Math.max(expected, reached);
                        if (batch.getDataSize() > BATCH_BYTES) {
                            to.db.write(to.unsynced, batch);
                            batch.clear();
                        }
                    }
                    at = isBroken(iterator) ? nextReadable(from, slot, reached) : -1;
                }
            }
            to.db.write(to.unsynced, batch);
        }
        if (limit > expected) {
            gaps.add(new SalvageReport.Gap(expected, limit));
        }
        return new SalvageReport.PartitionReport(partition, Math.max(first, storedStart), expected, gaps);
    }

    /** First offset after {@code from} from which reading works again, or -1. */
    private static long nextReadable(RocksStore store, int slot, long from) {
        long step = 1;
        while (step < Long.MAX_VALUE / 4 && breaksAt(store, slot, from + step)) {
            step *= 2;
        }
        long bad = from + step / 2;
        long good = from + step;
        while (bad + 1 < good) {
            long middle = bad + (good - bad) / 2;
            if (breaksAt(store, slot, middle)) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        try (RocksIterator iterator = store.db.newIterator(store.slots[slot], store.getOptions)) {
            iterator.seek(Block.key(good));
            return iterator.isValid() ? good : -1;
        }
    }

    private static boolean breaksAt(RocksStore store, int slot, long offset) {
        try (RocksIterator iterator = store.db.newIterator(store.slots[slot], store.getOptions)) {
            iterator.seek(Block.key(offset));
            return isBroken(iterator);
        }
    }

    private static boolean isBroken(RocksIterator iterator) {
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            return true;
        }
    }

    /** Table files are never written again, so a link is as good as a copy; the others may be. */
    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(file.getFileName());
                if (Files.isDirectory(file)) {
                    continue;
                }
                if (file.toString().endsWith(".sst")) {
                    try {
                        Files.createLink(target, file);
                        continue;
                    } catch (FileSystemException | UnsupportedOperationException e) {
                        // This file system has no links.
                        Files.deleteIfExists(target);
                    }
                }
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
