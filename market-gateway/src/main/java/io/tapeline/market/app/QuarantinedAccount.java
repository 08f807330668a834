package io.tapeline.market.app;

import java.time.Instant;

/**
 * An account whose journal cannot be followed.
 *
 * @param seq the first line that could not be
 */
public record QuarantinedAccount(String accountId, long seq, String reason, Instant since) {}
