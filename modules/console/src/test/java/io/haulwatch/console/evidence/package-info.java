/** Evidence cards. */
@NullMarked
package io.haulwatch.console.evidence;

import org.jspecify.annotations.NullMarked;
