package io.haulwatch.log.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * One opening of the RocksDB files: the database, its column families and the options they live with. Reopening makes a new one. The
 * owner sees to it that nobody uses it while it closes.
 *
 * <p>One column family for each partition, because keys then only rise and compaction moves files instead of rewriting them.
 */
final class RocksStore implements AutoCloseable {
    /** What to do with a write-ahead log that does not check. */
    enum Recovery {
        /** Heal a record cut short at the end, refuse everything else. */
        REFUSE_DAMAGE,
        /** Leave out what does not check and go on behind it. Only for salvage, which looks for the gaps. */
        KEEP_WHAT_IS_READABLE
    }

    /**
     * Sizes that tests make small, to see files come and go.
     *
     * @param writeBufferBytes memory of one partition until it is written to a file; files get this size too
     * @param scanBytes what a cursor reads before it gives its iterator up
     */
    record Sizes(long writeBufferBytes, long scanBytes) {
        static final Sizes NORMAL = new Sizes(8 << 20, 16 << 20);
    }

    private static final long KB = 1024;
    private static final long MB = 1024 * KB;

    final RocksDB db;
    /** Report partitions and, last, the episode stream. */
    final ColumnFamilyHandle[] slots;

    final ColumnFamilyHandle meta;
    final ReadOptions scanOptions;
    final ReadOptions getOptions;
    final WriteOptions synced;
    final WriteOptions unsynced;
    final Sizes sizes;

    private final Path directory;
    private final Deque<AutoCloseable> closeInOrder;

    private RocksStore(
            Path directory,
            RocksDB db,
            ColumnFamilyHandle[] slots,
            ColumnFamilyHandle meta,
            ReadOptions scanOptions,
            ReadOptions getOptions,
            WriteOptions synced,
            WriteOptions unsynced,
            Sizes sizes,
            Deque<AutoCloseable> closeInOrder) {
        this.directory = directory;
        this.db = db;
        this.slots = slots;
        this.meta = meta;
        this.scanOptions = scanOptions;
        this.getOptions = getOptions;
        this.synced = synced;
        this.unsynced = unsynced;
        this.sizes = sizes;
        this.closeInOrder = closeInOrder;
    }

    /**
     * Loads the native library from a file of ours, so that no copy stays in the temporary folder when the process is killed. The first
     * call in a process decides.
     */
    static void loadLibrary(Path folder) throws IOException {
        Files.createDirectories(folder);
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        RocksDB.loadLibrary();
    }

    static RocksStore open(Path directory, int partitions, Recovery recovery, Sizes sizes) throws IOException {
        Files.createDirectories(directory);
        refuseWithoutCurrent(directory);
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            LRUCache cache = push(open, new LRUCache(8 * MB));
            ColumnFamilyOptions small = push(open, new ColumnFamilyOptions().setWriteBufferSize(MB));
            ColumnFamilyOptions blocks = push(open, blockOptions(cache, sizes));
            DBOptions options = push(open, dbOptions(open, recovery));
            ReadOptions scan = push(
                    open,
                    new ReadOptions().setReadaheadSize(MB).setFillCache(false).setVerifyChecksums(true));
            ReadOptions get = push(open, new ReadOptions().setFillCache(false).setVerifyChecksums(true));
            WriteOptions synced = push(open, new WriteOptions().setSync(true).setNoSlowdown(true));
            WriteOptions unsynced = push(open, new WriteOptions().setNoSlowdown(true));

            List<ColumnFamilyDescriptor> families = new ArrayList<>();
            families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, small));
            families.add(new ColumnFamilyDescriptor(name("meta"), small));
            for (int p = 0; p < partitions; p++) {
                families.add(new ColumnFamilyDescriptor(name("p" + p), blocks));
            }
            families.add(new ColumnFamilyDescriptor(name("episodes"), blocks));

            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = push(open, RocksDB.open(options, directory.toString(), families, handles));
            for (ColumnFamilyHandle handle : handles) {
                push(open, handle);
            }
            return new RocksStore(
                    directory,
                    db,
                    handles.subList(2, handles.size()).toArray(ColumnFamilyHandle[]::new),
                    handles.get(1),
                    scan,
                    get,
                    synced,
                    unsynced,
                    sizes,
                    open);
        } catch (RocksDBException e) {
            closeAll(open);
            throw translate(directory, e);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    /** The last offset of {@code slot} plus one, or -1 if it holds nothing. */
    long endOf(int slot) throws IOException {
        try (RocksIterator iterator = db.newIterator(slots[slot], getOptions)) {
            iterator.seekToLast();
            if (!iterator.isValid()) {
                iterator.status();
                return -1;
            }
            return Block.offset(iterator.key()) + countOf(iterator);
        } catch (RocksDBException e) {
            throw translate(directory, e);
        }
    }

    /** The first offset of {@code slot} that is on disk, or -1 if it holds nothing. */
    long startOf(int slot) throws IOException {
        try (RocksIterator iterator = db.newIterator(slots[slot], getOptions)) {
            iterator.seekToFirst();
            if (!iterator.isValid()) {
                iterator.status();
                return -1;
            }
            return Block.offset(iterator.key());
        } catch (RocksDBException e) {
            throw translate(directory, e);
        }
    }

    private int countOf(RocksIterator iterator) throws IOException {
        byte[] value = iterator.value();
        ByteBuffer block = ByteBuffer.wrap(value);
        if (!Block.isReadable(block, value.length)) {
            throw new DamagedLogException(
                    directory, "unknown block at offset=" + Block.offset(iterator.key()) + " bytes=" + value.length);
        }
        return Block.count(block);
    }

    /** A number in "meta", or -1. */
    long number(String key) throws RocksDBException {
        byte[] value = db.get(meta, name(key));
        return value == null ? -1 : Block.offset(value);
    }

    void putNumber(WriteOptions how, String key, long value) throws RocksDBException {
        db.put(meta, how, name(key), Block.key(value));
    }

    /** A copy as of now that can be opened by itself; by links where the file system allows. */
    void copyTo(Path target) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw translate(directory, e);
        }
    }

    /** Nobody may use the store, nor hold an iterator of it, any more: closing below an open iterator can end the JVM. */
    @Override
    public void close() {
        closeAll(closeInOrder);
    }

    static IOException translate(Path directory, RocksDBException e) {
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new DamagedLogException(directory, String.valueOf(e.getMessage()), e);
        }
        return new IOException("the report log in " + directory + " cannot be used: " + e.getMessage(), e);
    }

    /** Whether a write was not done because it would have had to wait for memory to reach the disk. */
    static boolean isStall(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Incomplete;
    }

    static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static DBOptions dbOptions(Deque<AutoCloseable> open, Recovery recovery) {
        // The only way to this option in this version: a write-ahead file that has vanished is then noticed.
        Properties properties = new Properties();
        properties.setProperty("track_and_verify_wals_in_manifest", String.valueOf(recovery == Recovery.REFUSE_DAMAGE));
        ConfigOptions config = push(open, new ConfigOptions());
        return DBOptions.getDBOptionsFromProps(config, properties)
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(recovery == Recovery.REFUSE_DAMAGE)
                .setWalRecoveryMode(
                        recovery == Recovery.REFUSE_DAMAGE
                                ? WALRecoveryMode.TolerateCorruptedTailRecords
                                : WALRecoveryMode.SkipAnyCorruptedRecords)
                .setRecycleLogFileNum(0)
                // "meta" hardly ever flushes; without this it would keep every write-ahead file.
                .setMaxTotalWalSize(128 * MB)
                .setDbWriteBufferSize(64 * MB)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(MB)
                .setMaxOpenFiles(-1)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 * MB)
                .setKeepLogFileNum(4)
                .setMaxManifestFileSize(4 * MB)
                .setStatsDumpPeriodSec(0);
        // No event listener: this version's callback fails on an error code it does not know, and the log never
        // resumes.
    }

    private static ColumnFamilyOptions blockOptions(LRUCache cache, Sizes sizes) {
        // Two levels, the upper without limit: files are moved down once and can then be deleted by range, which never
        // happens in
        // level 0. The same compression on both, or the move would be a rewrite.
        return new ColumnFamilyOptions()
                .setCompactionStyle(CompactionStyle.LEVEL)
                .setNumLevels(2)
                .setLevel0FileNumCompactionTrigger(2)
                .setMaxBytesForLevelBase(1024 * 1024 * MB)
                .setLevelCompactionDynamicLevelBytes(false)
                .setWriteBufferSize(sizes.writeBufferBytes)
                .setMaxWriteBufferNumber(3)
                .setTargetFileSizeBase(sizes.writeBufferBytes)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockSize(32 * KB)
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true));
    }

    /** Without CURRENT RocksDB would begin an empty log beside the old files. */
    private static void refuseWithoutCurrent(Path directory) throws IOException {
        if (Files.exists(directory.resolve("CURRENT"))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(file -> file.toString().endsWith(".sst"))) {
                throw new DamagedLogException(directory, "its file CURRENT is missing");
            }
        }
    }

    private static <T extends AutoCloseable> T push(Deque<AutoCloseable> open, T resource) {
        open.push(resource);
        return resource;
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // RocksDB's own classes throw nothing here; the rest must be closed all the same.
                throw new IllegalStateException("closing failed", e);
            }
        }
    }
}
