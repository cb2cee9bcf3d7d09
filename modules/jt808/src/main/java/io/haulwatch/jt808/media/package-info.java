/** Pictures, sound and video of the terminal (section 11 of the sheet): told, sent, asked for, taken. */
@NullMarked
package io.haulwatch.jt808.media;

import org.jspecify.annotations.NullMarked;
