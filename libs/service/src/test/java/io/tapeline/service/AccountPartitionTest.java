package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class AccountPartitionTest {
  @Test
  void anAccountLivesWhereKafkaItselfPutsItsKey() {
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> "ACCT-" + i))
        .allSatisfy(
            account ->
                assertThat(AccountPartition.of(account))
                    .isEqualTo(
                        BuiltInPartitioner.partitionForKey(
                            account.getBytes(StandardCharsets.UTF_8), Topics.ACCOUNT_PARTITIONS)));
  }

  /** Frozen: were this to change, every account's stream would move. */
  @Test
  void thePracticeAccountLivesInItsPartitionForLife() {
    assertThat(AccountPartition.of("PRACTICE")).isEqualTo(PRACTICE_PARTITION);
  }

  private static final int PRACTICE_PARTITION = 9;
}
