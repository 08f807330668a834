/**
 * What an exchange is to this gateway, in plain Java: it takes orders, says what became of them,
 * and lets the market be watched. The practice exchange ({@code sim}) and the recorded market
 * ({@code replay}) are exchanges; neither knows a clock, a thread, a database or a topic.
 *
 * <p>Threads: an exchange belongs to one thread. Its owner calls {@code place}, {@code cancel} and
 * whatever moves its time on, and hears the listeners called back on that same thread before the
 * call returns.
 */
@NullMarked
package io.tapeline.market.exchange.domain;

import org.jspecify.annotations.NullMarked;
