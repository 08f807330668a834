/** Reads the tape and the quotes, writes positions, accounts and notices. */
@NullMarked
package io.tapeline.positions.kafka;

import org.jspecify.annotations.NullMarked;
