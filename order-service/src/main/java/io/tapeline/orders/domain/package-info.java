/**
 * The rules of an order's life, as plain Java: commands in, decisions out, events folded. No clock,
 * no randomness, no wire, no database.
 */
@NullMarked
package io.tapeline.orders.domain;

import org.jspecify.annotations.NullMarked;
