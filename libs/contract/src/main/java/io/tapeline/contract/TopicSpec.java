package io.tapeline.contract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One topic as {@code deploy/topics.yaml} states it.
 *
 * @param partitions fixed for life on account-keyed topics
 * @param compacted whether only the newest record of each key is kept
 * @param retention how long records are kept; null: for ever (or compacted)
 * @param retentionBytes bound per partition on one machine; -1: none
 * @param segment after how long a segment is rolled, so that retention and compaction can work on
 *     it
 */
public record TopicSpec(
    String name,
    String key,
    String writer,
    int partitions,
    boolean compacted,
    @Nullable Duration retention,
    long retentionBytes,
    Duration segment) {
  /** Whether the partition of this topic decides who owns an account. */
  public boolean accountKeyed() {
    return partitions == Topics.ACCOUNT_PARTITIONS;
  }
}
