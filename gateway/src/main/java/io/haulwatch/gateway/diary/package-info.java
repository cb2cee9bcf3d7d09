/** What is remembered of each terminal since the gateway's start, for the people who look after terminals: when it came and went and why, what was wrong
 * with its frames, its clock, and on demand its last frames. Start at {@link io.haulwatch.gateway.diary.Diaries}. */
@NullMarked
package io.haulwatch.gateway.diary;

import org.jspecify.annotations.NullMarked;
