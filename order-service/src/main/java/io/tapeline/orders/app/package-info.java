/** Decide, append, answer: the only place that composes rules, journal and tape. */
@NullMarked
package io.tapeline.orders.app;

import org.jspecify.annotations.NullMarked;
