/** Who calls: users, passwords, sessions, rights and the companies they may see. Start at
 * {@link io.haulwatch.console.session.Sessions}; what a role may do is in {@link io.haulwatch.console.session.Right}. */
@NullMarked
package io.haulwatch.console.session;

import org.jspecify.annotations.NullMarked;
