/** Who and what is watched, as rules and gateway read it: rows with a time of effect, loaded as one numbered
 * {@link io.haulwatch.model.register.ReferenceSet}. */
@NullMarked
package io.haulwatch.model.register;

import org.jspecify.annotations.NullMarked;
