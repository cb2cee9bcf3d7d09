/** Which database the product uses and how it gets there: the embedded one or one of your own. */
@NullMarked
package io.haulwatch.app.database;

import org.jspecify.annotations.NullMarked;
