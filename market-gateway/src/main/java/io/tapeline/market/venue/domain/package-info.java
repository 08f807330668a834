/**
 * What a venue is to the gateway, and the rules of talking to one: lanes with cancels first, when
 * to ask about doubts, how a recording is paced. Plain Java.
 */
@NullMarked
package io.tapeline.market.venue.domain;

import org.jspecify.annotations.NullMarked;
