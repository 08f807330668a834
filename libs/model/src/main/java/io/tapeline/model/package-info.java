/**
 * The words every service means alike: prices in whole ticks, unsigned quantities, exact money,
 * instruments of exactly two numbers, and ids that know their rule. Plain Java without a
 * dependency.
 */
@NullMarked
package io.tapeline.model;

import org.jspecify.annotations.NullMarked;
