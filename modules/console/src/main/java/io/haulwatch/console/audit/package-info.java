/** Who did what: rows that are only ever added. Start at {@link io.haulwatch.console.audit.AuditLog}. */
@NullMarked
package io.haulwatch.console.audit;

import org.jspecify.annotations.NullMarked;
