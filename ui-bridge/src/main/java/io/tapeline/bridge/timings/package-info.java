/** How long what takes, in all services. */
@NullMarked
package io.tapeline.bridge.timings;

import org.jspecify.annotations.NullMarked;
