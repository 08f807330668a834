package io.tapeline.orders.store;

import io.tapeline.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one commit writes for one account.
 *
 * @param id by which it is recognised when it is not known whether the commit succeeded
 */
public record Batch(
    UUID id,
    AccountId accountId,
    Instant at,
    List<Line> lines,
    List<Command> commands,
    List<Execution> executions,
    List<Row> rows) {
  /**
   * One event.
   *
   * @param body exactly what is published
   */
  public record Line(long seq, Instant at, @Nullable String clOrdId, String body) {}

  /**
   * An answered command. Most are answered with an order's row, which the journal holds already.
   *
   * @param answer in words; null: it is the row of a line
   * @param rowSeq of that line; null: the answer is in words
   */
  public record Command(
      String commandId, String fingerprint, @Nullable String answer, @Nullable Long rowSeq) {}

  public record Execution(String execId, long seq) {}

  /**
   * An order as it is after the batch.
   *
   * @param born whether the batch made it, so that its id must be unused
   */
  public record Row(
      String clOrdId,
      String symbol,
      boolean working,
      boolean born,
      long createdSeq,
      long seq,
      String body) {}

  public boolean isEmpty() {
    return lines.isEmpty() && commands.isEmpty();
  }
}
