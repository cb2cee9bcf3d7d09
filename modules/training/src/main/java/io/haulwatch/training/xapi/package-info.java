/** Learning records for others (学习记录): xAPI 1.0.3 statements of what a driver did. Start at
 * {@link io.haulwatch.training.xapi.Statements}. */
@NullMarked
package io.haulwatch.training.xapi;

import org.jspecify.annotations.NullMarked;
