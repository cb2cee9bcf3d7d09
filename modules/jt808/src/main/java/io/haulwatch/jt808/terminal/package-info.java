/** The terminal as a device (section 6 of the sheet): its clock, its attributes, upgrade and control of the terminal itself, its key. */
@NullMarked
package io.haulwatch.jt808.terminal;

import org.jspecify.annotations.NullMarked;
