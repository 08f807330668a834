/** Orders over REST. */
@NullMarked
package io.tapeline.orders.http;

import org.jspecify.annotations.NullMarked;
