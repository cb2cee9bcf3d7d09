/** Bodies of messages (sections 6 to 9 of the sheet), one class a message. Where data flows it is a reused view
 * ({@link io.haulwatch.jt808.message.LocationView}), where it rests a record; an unreadable body is null or false, never an exception. */
@NullMarked
package io.haulwatch.jt808.message;

import org.jspecify.annotations.NullMarked;
