/** Films of areas, read by the page that describes them. Start at {@link io.haulwatch.console.area.AreaFilmTest}. */
@NullMarked
package io.haulwatch.console.area;

import org.jspecify.annotations.NullMarked;
