/** The topics, written and read. */
@NullMarked
package io.tapeline.market.kafka;

import org.jspecify.annotations.NullMarked;
