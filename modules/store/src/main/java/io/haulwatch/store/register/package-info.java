/** The register: loaded as one numbered set for rules and gateway, changed by imports and by terminals that sign on. Start at
 * {@link io.haulwatch.store.register.ReferenceLoader}. */
@NullMarked
package io.haulwatch.store.register;

import org.jspecify.annotations.NullMarked;
