/** Tests of the data types. What a failing test names is a file, or a seed that repeats it. */
@NullMarked
package io.haulwatch.jt808.field;

import org.jspecify.annotations.NullMarked;
