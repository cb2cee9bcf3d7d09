/** Safety education of drivers (在线安全教育): what is taught and asked, what a driver's study and papers are worth. No clock, no database, no
 * socket. Start at {@link io.haulwatch.training.content.Courses} for what is taught. */
@NullMarked
package io.haulwatch.training;

import org.jspecify.annotations.NullMarked;
