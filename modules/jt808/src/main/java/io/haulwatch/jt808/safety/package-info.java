/** Attachments of active-safety alarms (T/JSATL 12, section 7.6 of the sheet): asked for on the terminal's link, sent on a connection of their own. The alarms
 * themselves are items of a position report, {@link io.haulwatch.jt808.message.SafetyAlarm}. */
@NullMarked
package io.haulwatch.jt808.safety;

import org.jspecify.annotations.NullMarked;
