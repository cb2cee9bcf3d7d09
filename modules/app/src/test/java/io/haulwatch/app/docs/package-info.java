/** The pages that people read first. */
@NullMarked
package io.haulwatch.app.docs;

import org.jspecify.annotations.NullMarked;
