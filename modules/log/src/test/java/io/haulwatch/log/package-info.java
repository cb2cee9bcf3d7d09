/** Tests of the log: what every implementation keeps, and the group committer. Start at {@link io.haulwatch.log.LogContract}. */
@NullMarked
package io.haulwatch.log;

import org.jspecify.annotations.NullMarked;
