/** What fills make of an account: plain Java, exact, the same from the same tape. */
@NullMarked
package io.tapeline.positions.domain;

import org.jspecify.annotations.NullMarked;
