/** The way of REST calls through the bridge to the service that answers them. */
@NullMarked
package io.tapeline.bridge.passthrough;

import org.jspecify.annotations.NullMarked;
