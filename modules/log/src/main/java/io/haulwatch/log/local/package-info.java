/** The report log on the local disk, kept by RocksDB and opened by one process. Start at {@link io.haulwatch.log.local.LocalLog}; the
 * choice of engine and layout is told in {@code docs/decisions/0001-rocksdb-for-the-report-log.md}. */
@NullMarked
package io.haulwatch.log.local;

import org.jspecify.annotations.NullMarked;
