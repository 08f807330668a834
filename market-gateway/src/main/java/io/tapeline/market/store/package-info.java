/** The gateway's tables and their SQL. Calls wait for the answer and belong on own threads. */
@NullMarked
package io.tapeline.market.store;

import org.jspecify.annotations.NullMarked;
