/** The WebSocket: one flush per client and window, on the client's own event loop. */
@NullMarked
package io.tapeline.bridge.fanout.http;

import org.jspecify.annotations.NullMarked;
