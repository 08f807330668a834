package io.tapeline.service;

import io.tapeline.contract.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Where an account lives on every account-keyed topic: Kafka's own rule for keys, so that any
 * client agrees.
 */
public final class AccountPartition {
  private AccountPartition() {}

  /** The partition of an account, 0 to 11. */
  public static int of(String accountId) {
    return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8)))
        % Topics.ACCOUNT_PARTITIONS;
  }
}
