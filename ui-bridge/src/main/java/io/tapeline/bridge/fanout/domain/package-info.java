/**
 * What every client is owed and when: the newest value of each key, and every record of a lossless
 * channel, in as few frames as the channel's pace allows. Plain Java; time is passed in.
 */
@NullMarked
package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.NullMarked;
