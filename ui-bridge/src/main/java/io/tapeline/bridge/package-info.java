/** The browser's only door: fan-out, sign-in, and the way to the services behind it. */
@NullMarked
package io.tapeline.bridge;

import org.jspecify.annotations.NullMarked;
