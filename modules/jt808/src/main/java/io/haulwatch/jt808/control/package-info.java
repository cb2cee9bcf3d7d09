/** What a centre asks of a truck (sections 8 and 9 of the sheet): tracking, confirming alarms, calling, locking doors. What can stop or endanger a truck is
 * decided elsewhere; here are only the bytes. */
@NullMarked
package io.haulwatch.jt808.control;

import org.jspecify.annotations.NullMarked;
