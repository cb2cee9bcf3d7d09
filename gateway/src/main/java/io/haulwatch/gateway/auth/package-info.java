/** Who may sign on: authentication codes (鉴权码) made from one server key, and limits on failures. Start at
 * {@link io.haulwatch.gateway.auth.AuthenticationCodes}. */
@NullMarked
package io.haulwatch.gateway.auth;

import org.jspecify.annotations.NullMarked;
