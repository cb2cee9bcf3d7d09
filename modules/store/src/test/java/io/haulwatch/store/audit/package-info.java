/** Whether the audit is whole. Start at {@link io.haulwatch.store.audit.AuditChain}. */
@NullMarked
package io.haulwatch.store.audit;

import org.jspecify.annotations.NullMarked;
