/** What terminals say, as it lies in the report log. Start at {@link io.haulwatch.model.report.PositionRecord}. */
@NullMarked
package io.haulwatch.model.report;

import org.jspecify.annotations.NullMarked;
