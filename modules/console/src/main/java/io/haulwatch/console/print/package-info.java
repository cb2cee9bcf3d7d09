/** Documents for people who hold paper in their hands: PDF in Chinese and English with an embedded font. Knows nothing of what stands in them.
 * Start at {@link io.haulwatch.console.print.PrintShop}; why it is made as it is: docs/decisions/0026. */
@NullMarked
package io.haulwatch.console.print;

import org.jspecify.annotations.NullMarked;
