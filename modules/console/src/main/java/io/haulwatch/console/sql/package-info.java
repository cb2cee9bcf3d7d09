/** SQL whose conditions depend on the question: text from our code, values always as parameters. Start at
 * {@link io.haulwatch.console.sql.SqlText}. */
@NullMarked
package io.haulwatch.console.sql;

import org.jspecify.annotations.NullMarked;
