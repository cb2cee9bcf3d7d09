/** Tests of the codec. Golden frames are under {@code src/test/resources/frames}; the plain reference parser is {@code ReferenceParser}. */
@NullMarked
package io.haulwatch.jt808;

import org.jspecify.annotations.NullMarked;
