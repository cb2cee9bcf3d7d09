/** HTTP as the features see it: a call comes in, an answer goes out, a refusal names the value and the rule that it broke. Start at
 * {@link io.haulwatch.console.http.Route}. */
@NullMarked
package io.haulwatch.console.http;

import org.jspecify.annotations.NullMarked;
