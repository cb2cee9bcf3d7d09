/** Lists and questions in the cab (section 9 of the sheet): events, questions, information on demand. The text of 2019 removed them and its id table still
 * has them (section 13), so they stay. */
@NullMarked
package io.haulwatch.jt808.cab;

import org.jspecify.annotations.NullMarked;
