/** Decides, remembers, composes: the life of one gateway, from lease to reports. */
@NullMarked
package io.tapeline.market.app;

import org.jspecify.annotations.NullMarked;
