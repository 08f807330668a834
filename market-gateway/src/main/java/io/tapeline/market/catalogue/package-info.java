/** The contracts the desk knows, their numbers and their dates: {@code instruments.yaml}, read. */
@NullMarked
package io.tapeline.market.catalogue;

import org.jspecify.annotations.NullMarked;
