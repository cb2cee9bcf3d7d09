/** Terminal parameters (终端参数, section 9 of the sheet): set, asked for and answered. Start at {@link io.haulwatch.jt808.parameter.ParameterKind}, the table
 * of what each id holds; ids outside it and lengths that do not fit keep their raw bytes. */
@NullMarked
package io.haulwatch.jt808.parameter;

import org.jspecify.annotations.NullMarked;
