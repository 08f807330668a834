/** What is folded, in Postgres, with the fence that makes its effect exactly once. */
@NullMarked
package io.tapeline.positions.store;

import org.jspecify.annotations.NullMarked;
