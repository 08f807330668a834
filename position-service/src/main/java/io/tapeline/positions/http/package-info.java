/** Accounts and positions over HTTP. */
@NullMarked
package io.tapeline.positions.http;

import org.jspecify.annotations.NullMarked;
