/** Whose rows a transaction may see. Start at {@link io.haulwatch.store.scope.ScopedDatabase}. */
@NullMarked
package io.haulwatch.store.scope;

import org.jspecify.annotations.NullMarked;
