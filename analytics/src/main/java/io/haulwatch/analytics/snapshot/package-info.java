/** Numbered snapshots on disk that survive a crash in the middle of a write. Start at {@link
 * io.haulwatch.analytics.snapshot.SnapshotFiles}. */
@NullMarked
package io.haulwatch.analytics.snapshot;

import org.jspecify.annotations.NullMarked;
