package io.tapeline.bridge.fanout.domain;

/** A frame in JSON, of the subprotocol {@code tapeline.v1.json}. */
public final class TextFrame extends Frame {
  private static final byte[] TIME = Text.utf8("{\"t\":\"");
  private static final byte[] EPOCH = Text.utf8("\",\"epoch\":\"");
  private static final byte[] CONFLATED = Text.utf8("\",\"con\":true,\"items\":[");
  private static final byte[] ITEMS = Text.utf8("\",\"items\":[");
  private static final byte[] AGE = Text.utf8(",\"age\":");
  private static final byte[] SNAPSHOT = Text.utf8(",\"snap\":true");
  private static final byte[] LOST = Text.utf8(",\"lost\":");
  private static final byte[] END = Text.utf8("]}");

  private final byte[] epoch;

  public TextFrame(String epoch) {
    this.epoch = Text.utf8(epoch);
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  void open(Stamp stamp, boolean conflated, Told told) {
    out.put(TIME);
    out.put(stamp.text());
    out.put(EPOCH);
    out.put(epoch);
    out.put(conflated ? CONFLATED : ITEMS);
  }

  @Override
  void writeControl(byte[] json) {
    separate();
    out.put(json);
  }

  @Override
  void writeItem(Item item, long merged, long age, boolean snapshot, long lost) {
    separate();
    out.put(item.head());
    out.digits(merged);
    out.put(AGE);
    out.digits(age);
    if (snapshot) out.put(SNAPSHOT);
    if (lost > 0) {
      out.put(LOST);
      out.digits(lost);
    }
    out.put(item.tail());
  }

  @Override
  void end() {
    out.put(END);
  }

  private void separate() {
    if (items() > 1) out.put(',');
  }
}
