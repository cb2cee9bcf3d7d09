/** Reads tables as people keep them, Excel workbooks and CSV, within bounds. Start at {@link io.haulwatch.store.sheet.SheetFile}. */
@NullMarked
package io.haulwatch.store.sheet;

import org.jspecify.annotations.NullMarked;
