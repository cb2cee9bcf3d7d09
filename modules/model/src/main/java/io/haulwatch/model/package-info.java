/** The words of the field, shared by all modules and depending on none of them. Reports are in {@code report}, what the
 * rules find in {@code episode}, who and what is watched in {@code register}. */
@NullMarked
package io.haulwatch.model;

import org.jspecify.annotations.NullMarked;
