/** The report log: what terminals said and what the rules said of it, in order and durable. Everything behind the gateway is a
 * reader of it. Start at {@link io.haulwatch.log.ReportLog}. */
@NullMarked
package io.haulwatch.log;

import org.jspecify.annotations.NullMarked;
