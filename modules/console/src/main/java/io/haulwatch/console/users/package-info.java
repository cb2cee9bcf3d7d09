/** Accounts: who has one, how a person chooses a password through a one-time link, and whose sessions are open. Start at
 * {@link io.haulwatch.console.users.Accounts}. */
@NullMarked
package io.haulwatch.console.users;

import org.jspecify.annotations.NullMarked;
