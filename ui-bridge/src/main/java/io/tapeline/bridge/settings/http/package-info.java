/** What a user's screens look like, kept for them: JSON that only they read. */
@NullMarked
package io.tapeline.bridge.settings.http;

import org.jspecify.annotations.NullMarked;
