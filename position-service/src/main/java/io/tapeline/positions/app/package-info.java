/** Composes the domain with the store; says what is to be published. */
@NullMarked
package io.tapeline.positions.app;

import org.jspecify.annotations.NullMarked;
