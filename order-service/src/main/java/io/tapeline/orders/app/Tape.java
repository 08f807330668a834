package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import java.util.List;
import java.util.Map;

/** Where the journal is published, in order and without a gap. */
public interface Tape {
  /**
   * Finds how far the accounts of a partition were published, and goes on from there.
   *
   * @param marks where to look; an account without one is looked for from the beginning
   * @param committed the newest seq of each account's journal
   */
  Uni<Void> open(int partition, Map<AccountId, Mark> marks, Map<AccountId, Long> committed);

  /** These lines are committed. */
  void append(AccountId account, List<Line> lines);

  /**
   * Publishes lines again that are published already: the tape lacks some of them.
   *
   * @param from the first; all that follow are published after it, as they were the first time
   * @return the newest line, once Kafka has taken it and all before it; fails where the account is
   *     not published here
   */
  Uni<Long> tellAgain(AccountId account, long from);

  /** How long the oldest line that is not yet on the tape has been waiting. */
  long lagMillis(AccountId account);

  /** How far the accounts of the open partitions are published. */
  List<Mark> marks();

  /** Publishes nothing more of a partition. */
  void close(int partition);

  /**
   * How far an account was seen published.
   *
   * @param nextOffset where to go on reading its partition of the topic
   */
  record Mark(AccountId accountId, long seq, int partition, long nextOffset) {}

  /** A line of the journal as it is to be published. */
  record Line(long seq, String body) {}
}
