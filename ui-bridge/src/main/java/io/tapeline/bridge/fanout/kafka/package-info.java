/** Reads the topics onto the board. */
@NullMarked
package io.tapeline.bridge.fanout.kafka;

import org.jspecify.annotations.NullMarked;
