/** Alarms: what the rules found, as a list, in detail and as a live stream, and what people did about it. An alarm is open while it waits for
 * somebody. Start at {@link io.haulwatch.console.alarms.AlarmRoutes} and {@link io.haulwatch.console.alarms.AlarmStream}. */
@NullMarked
package io.haulwatch.console.alarms;

import org.jspecify.annotations.NullMarked;
