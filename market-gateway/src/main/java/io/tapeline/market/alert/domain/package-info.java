/** Prices that users wait for: when one is reached, and what is refused. */
@NullMarked
package io.tapeline.market.alert.domain;

import org.jspecify.annotations.NullMarked;
