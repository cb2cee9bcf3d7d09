/** Parameters of the rules as typed records with their documented defaults. A profile's names and values are read by
 * {@link io.haulwatch.rules.profile.Parameters}, which knows every name and refuses others. */
@NullMarked
package io.haulwatch.rules.profile;

import org.jspecify.annotations.NullMarked;
