/** The React app's files, and the headers they travel with. */
@NullMarked
package io.tapeline.bridge.ui;

import org.jspecify.annotations.NullMarked;
