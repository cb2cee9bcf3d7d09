/** Tests of what is told to programs and mailboxes. */
@NullMarked
package io.haulwatch.console.notifications;

import org.jspecify.annotations.NullMarked;
