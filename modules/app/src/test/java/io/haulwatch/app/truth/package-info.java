/** The rules against the simulator's truth: what is found in reports, beside what really was. */
@NullMarked
package io.haulwatch.app.truth;

import org.jspecify.annotations.NullMarked;
