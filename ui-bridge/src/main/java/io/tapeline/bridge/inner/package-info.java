/** Calls to the services behind the bridge. */
@NullMarked
package io.tapeline.bridge.inner;

import org.jspecify.annotations.NullMarked;
