/** Tests of framing, headers and sub-packages. What a failing test names is a file, or a seed that repeats it. */
@NullMarked
package io.haulwatch.jt808.frame;

import org.jspecify.annotations.NullMarked;
