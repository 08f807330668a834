/**
 * Plays recordings as if they happened now, to anyone's pace: rebuilds their books, publishes their
 * market facts and matches the desk's orders against them. The same recordings and the same orders
 * at the same places give the same facts and the same fills, whatever the speed.
 *
 * <p>Plain Java on one thread: no clock, no waiting, no files. Recordings come in as {@link
 * io.tapeline.market.replay.domain.Recording} cursors.
 */
@NullMarked
package io.tapeline.market.replay.domain;

import org.jspecify.annotations.NullMarked;
