/** The journal in PostgreSQL, with its SQL beside its only user. */
@NullMarked
package io.tapeline.orders.store;

import org.jspecify.annotations.NullMarked;
