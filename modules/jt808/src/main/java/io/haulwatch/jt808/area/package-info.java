/** Areas and routes in the terminal (section 10 of the sheet): set, deleted, asked for. Optional fields vanish when their attribute bit is 0, so the bits for
 * times, speeds and hemispheres are written from what is there. Start at {@link io.haulwatch.jt808.area.AreaAttributes}. */
@NullMarked
package io.haulwatch.jt808.area;

import org.jspecify.annotations.NullMarked;
