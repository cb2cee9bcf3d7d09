/** What the console needs of the parts beside it, as small interfaces that the launcher connects; the console itself knows neither
 * gateway nor log. Start at {@link io.haulwatch.console.port.ConsolePorts}. */
@NullMarked
package io.haulwatch.console.port;

import org.jspecify.annotations.NullMarked;
