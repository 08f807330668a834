/**
 * How a practice venue misbehaves, on purpose: profiles as data, and chances that depend on the
 * seed and on what they are about, never on timing. Plain Java.
 */
@NullMarked
package io.tapeline.market.faults.domain;

import org.jspecify.annotations.NullMarked;
