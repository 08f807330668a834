/** REST of the gateway: instruments, quotes, the player of recordings. */
@NullMarked
package io.tapeline.market.http;

import org.jspecify.annotations.NullMarked;
