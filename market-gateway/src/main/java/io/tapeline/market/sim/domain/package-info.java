/**
 * The practice exchange: a matching engine with price-time priority, a synthetic market of seeded
 * agents that trade in it, and the desk's orders among theirs. Plain Java without a clock: its
 * owner moves venue time on, and the same seed with the same orders at the same venue times gives
 * the same tape.
 */
@NullMarked
package io.tapeline.market.sim.domain;

import org.jspecify.annotations.NullMarked;
