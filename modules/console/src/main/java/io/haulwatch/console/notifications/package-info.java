/**
 * Tells programs and mailboxes what happened: an outbox that is spread to receivers, deliveries that are tried until they arrive, and the
 * receivers over HTTP. Start at {@link io.haulwatch.console.notifications.NotificationSender}.
 */
@NullMarked
package io.haulwatch.console.notifications;

import org.jspecify.annotations.NullMarked;
