/**
 * The lock between the services of one installation: a random secret that only its owner can read,
 * and tokens of a minute signed with it that name the user and the scope of a call.
 */
@NullMarked
package io.tapeline.door;

import org.jspecify.annotations.NullMarked;
