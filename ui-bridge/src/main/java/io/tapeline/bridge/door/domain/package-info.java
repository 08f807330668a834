/** Who a caller is and how often one may try. Plain Java. */
@NullMarked
package io.tapeline.bridge.door.domain;

import org.jspecify.annotations.NullMarked;
