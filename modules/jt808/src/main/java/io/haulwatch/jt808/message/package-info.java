/** Bodies of the messages that sign on, report and answer (sections 6 to 8 of the sheet), one class a message; the others live in packages by feature, and
 * {@code decode.MessageReader} is the table of all. Where data flows it is a reused view
 * ({@link io.haulwatch.jt808.message.LocationView}), where it rests a record; an unreadable body is null or false, never an exception. */
@NullMarked
package io.haulwatch.jt808.message;

import org.jspecify.annotations.NullMarked;
