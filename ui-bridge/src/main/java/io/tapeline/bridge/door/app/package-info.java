/** Lets callers in, and remembers for a moment whom it let in. */
@NullMarked
package io.tapeline.bridge.door.app;

import org.jspecify.annotations.NullMarked;
