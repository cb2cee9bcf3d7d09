/** The configuration: one typed object, each key with a default and a sentence. Start at
 * {@link io.haulwatch.app.config.Config}; the keys live in {@link io.haulwatch.app.config.Key}. */
@NullMarked
package io.haulwatch.app.config;

import org.jspecify.annotations.NullMarked;
