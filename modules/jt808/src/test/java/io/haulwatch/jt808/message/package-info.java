/** Tests of the bodies, against the worked examples of the sheet and frames built by hand. */
@NullMarked
package io.haulwatch.jt808.message;

import org.jspecify.annotations.NullMarked;
