package io.tapeline.orders.app;

import io.tapeline.orders.domain.OrderCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command with what makes it recognisable.
 *
 * @param commandId under which the answer is kept for ever; null where asking twice does no harm
 * @param fingerprint of what was asked: the same id must mean the same
 * @param venueTime the venue's own time, where it spoke
 */
public record Asked(
    OrderCommand command,
    @Nullable String commandId,
    String fingerprint,
    @Nullable Instant venueTime) {}
