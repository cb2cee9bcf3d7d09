@NullMarked
package io.haulwatch.rules.kpi;

import org.jspecify.annotations.NullMarked;
