/** Tests that run the product as the process that it is: start, kill, refuse, resume. */
@NullMarked
package io.haulwatch.app.process;

import org.jspecify.annotations.NullMarked;
