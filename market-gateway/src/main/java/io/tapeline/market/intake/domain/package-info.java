/**
 * What the orders journal means to the gateway: which requests to send, which came too late, which
 * are in doubt, and which account can no longer be followed. Plain Java.
 */
@NullMarked
package io.tapeline.market.intake.domain;

import org.jspecify.annotations.NullMarked;
