/** What terminals sent to be kept: pictures, sounds, videos, recorder data, pass-through. Start at {@link io.haulwatch.console.files.FileRoutes}. */
@NullMarked
package io.haulwatch.console.files;

import org.jspecify.annotations.NullMarked;
