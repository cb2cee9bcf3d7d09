/** What is kept on the disk and in the database for nobody to read. Start at {@link io.haulwatch.store.secret.SecretBox}. */
@NullMarked
package io.haulwatch.store.secret;

import org.jspecify.annotations.NullMarked;
