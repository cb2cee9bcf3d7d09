/** Tests of training's own work, without a server. */
@NullMarked
package io.haulwatch.console.training;

import org.jspecify.annotations.NullMarked;
