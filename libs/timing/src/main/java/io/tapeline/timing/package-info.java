/**
 * How long what takes: per name exact counts, extremes and means, and percentiles within one
 * percent, in all and of the last minute. Bounded in everything, and free of allocation once warm.
 */
@NullMarked
package io.tapeline.timing;

import org.jspecify.annotations.NullMarked;
