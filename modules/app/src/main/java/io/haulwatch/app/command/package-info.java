/** One class per command of the command line. */
@NullMarked
package io.haulwatch.app.command;

import org.jspecify.annotations.NullMarked;
