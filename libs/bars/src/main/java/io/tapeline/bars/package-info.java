/**
 * Bars: what was traded of a contract in a second, and by one roll-up in any longer interval. Plain
 * Java without clock, threads or tables: the gateway makes and keeps bars with it, the bridge rolls
 * live ones up with the same code.
 */
@NullMarked
package io.tapeline.bars;

import org.jspecify.annotations.NullMarked;
