/** The board, and where a client's first picture of orders and fills comes from. */
@NullMarked
package io.tapeline.bridge.fanout.app;

import org.jspecify.annotations.NullMarked;
