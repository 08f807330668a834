/**
 * What is on the wire: topic names, event records and their JSON. Records here are transport:
 * prices and money are decimals (strings in JSON), quantities integers, times UTC with
 * microseconds. The rules live in the services.
 */
@NullMarked
package io.tapeline.contract;

import org.jspecify.annotations.NullMarked;
