/** Tests of papers' calendar at work. */
@NullMarked
package io.haulwatch.console.papers;

import org.jspecify.annotations.NullMarked;
