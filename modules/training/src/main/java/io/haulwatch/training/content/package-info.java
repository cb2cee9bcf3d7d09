/** Courses, their lessons and questions, as they are written and read: YAML, Markdown and drawings in a folder of the class path. Start at
 * {@link io.haulwatch.training.content.Courses}. */
@NullMarked
package io.haulwatch.training.content;

import org.jspecify.annotations.NullMarked;
