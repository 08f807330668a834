/** Reports of the venues in, the journal out, and what is known of the market. */
@NullMarked
package io.tapeline.orders.kafka;

import org.jspecify.annotations.NullMarked;
