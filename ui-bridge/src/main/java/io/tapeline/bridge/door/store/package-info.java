/** Users, sessions, tokens, grants and the audit log in PostgreSQL. */
@NullMarked
package io.tapeline.bridge.door.store;

import org.jspecify.annotations.NullMarked;
