/** The data types of JT/T 808 (section 3 of the sheet): big-endian integers, BCD, device time, GBK text, and the identity hash.
 * Static functions over byte arrays; nothing here allocates except where it returns text. */
@NullMarked
package io.haulwatch.jt808.field;

import org.jspecify.annotations.NullMarked;
