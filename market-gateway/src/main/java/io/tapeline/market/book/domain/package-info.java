/**
 * Books as recordings show them: order by order with every order's place in its queue, or the top
 * of the book alone. Prices are raw ticks here: this is the hot path of a replay.
 */
@NullMarked
package io.tapeline.market.book.domain;

import org.jspecify.annotations.NullMarked;
