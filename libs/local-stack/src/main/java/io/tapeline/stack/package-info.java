/** Real PostgreSQL and real Kafka on one machine, and the launcher that runs the suite on them. */
@NullMarked
package io.tapeline.stack;

import org.jspecify.annotations.NullMarked;
