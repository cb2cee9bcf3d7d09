/** The pages: files out of the jar, never out of a folder of the disk. Start at {@link io.haulwatch.console.pages.StaticPages}. */
@NullMarked
package io.haulwatch.console.pages;

import org.jspecify.annotations.NullMarked;
