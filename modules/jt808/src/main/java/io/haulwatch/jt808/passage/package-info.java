/** What passes through the terminal (section 11 of the sheet): recorder data of GB/T 19056, waybills, CAN frames, serial ports, compressed messages. The contents
 * belong to other standards and stay bytes. */
@NullMarked
package io.haulwatch.jt808.passage;

import org.jspecify.annotations.NullMarked;
