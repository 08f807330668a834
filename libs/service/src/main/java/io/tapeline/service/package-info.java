/**
 * What every service is besides its subject: a locked door, one JSON, clear refusals, the accounts
 * of the installation, and the habit of stopping when its launcher is gone.
 */
@NullMarked
package io.tapeline.service;

import org.jspecify.annotations.NullMarked;
