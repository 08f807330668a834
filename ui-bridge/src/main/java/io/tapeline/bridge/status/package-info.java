/** Whether the desk can be used, and what it waits for. */
@NullMarked
package io.tapeline.bridge.status;

import org.jspecify.annotations.NullMarked;
