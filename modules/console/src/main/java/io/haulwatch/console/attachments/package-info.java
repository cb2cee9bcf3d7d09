/** Scans and photos that people attach to papers, hazards, services, accidents and answers to orders. Start at
 * {@link io.haulwatch.console.attachments.AttachmentRoutes}. */
@NullMarked
package io.haulwatch.console.attachments;

import org.jspecify.annotations.NullMarked;
