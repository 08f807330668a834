/**
 * The practice venues: exchanges in this process, each on a thread of its own, with a memory that
 * outlives it.
 */
@NullMarked
package io.tapeline.market.venue;

import org.jspecify.annotations.NullMarked;
