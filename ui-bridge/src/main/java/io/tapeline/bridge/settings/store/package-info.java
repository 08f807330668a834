/** Users' settings in PostgreSQL. */
@NullMarked
package io.tapeline.bridge.settings.store;

import org.jspecify.annotations.NullMarked;
