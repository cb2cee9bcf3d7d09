/** Tests of the description of a frame, against golden files. What a failing test names is a file, or a seed that repeats it. */
@NullMarked
package io.haulwatch.jt808.decode;

import org.jspecify.annotations.NullMarked;
