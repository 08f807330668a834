/** Working orders are canceled when nobody is there who could: a user's wish, off by default. */
@NullMarked
package io.tapeline.bridge.absence.app;

import org.jspecify.annotations.NullMarked;
