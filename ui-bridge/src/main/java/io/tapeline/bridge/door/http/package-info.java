/** Sign-in, tokens, grants, and the checks every request passes. */
@NullMarked
package io.tapeline.bridge.door.http;

import org.jspecify.annotations.NullMarked;
