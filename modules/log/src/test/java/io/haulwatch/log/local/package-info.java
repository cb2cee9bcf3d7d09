/** Tests of the log on the local disk: the contract, crashes, damage, full disks, and a plain model beside it. Start at {@link
 * io.haulwatch.log.local.LocalLogTest}. */
@NullMarked
package io.haulwatch.log.local;

import org.jspecify.annotations.NullMarked;
