package io.tapeline.market.replay.domain;

/** How much of a market a recording shows, from least to most. */
public enum RecordingKind {
  TRADES(
      "trades",
      "Trades alone: no quotes, no depth. A market order fills with the next trades, at their prices and"
          + " never more than they traded; so does a limit order that reaches the last trade, while trades"
          + " are within its limit. Any other limit order fills at its limit when a trade passes it: its"
          + " place in the queue is not known. IOC and FOK are not possible."),
  MBP_1(
      "mbp-1",
      "Top of the book and trades: quotes, depth of one level. An order takes what the best price shows;"
          + " the rest of a market order waits for what it shows next. A resting order's place in the queue"
          + " is estimated: what was shown when it joined, less what traded; cancels count as behind it"
          + " until less is shown than is ahead. Below the best price the queue counts as it is when it"
          + " becomes the best."),
  MBO(
      "mbo",
      "Every order: quotes, depth of ten levels, queues. An order takes the quantity shown, level by level;"
          + " a resting order keeps its place in the queue and fills when recorded trades reach it.");

  private final String schema;
  private final String allows;

  RecordingKind(String schema, String allows) {
    this.schema = schema;
    this.allows = allows;
  }

  /** The schema's name, as Databento has it. */
  public String schema() {
    return schema;
  }

  /** What this kind of recording allows, for people. */
  public String allows() {
    return allows;
  }
}
