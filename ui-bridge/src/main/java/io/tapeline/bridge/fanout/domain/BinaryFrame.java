package io.tapeline.bridge.fanout.domain;

/**
 * A frame of the subprotocol {@code tapeline.v1.bin}: the same items, of which market data is
 * packed, and the rest is its JSON. What each byte means is in {@code docs/protocol/asyncapi.yaml}.
 */
public final class BinaryFrame extends Frame {
  /** First bytes of items; those of values are put together of the bits below. */
  static final int CONTROL = 0;

  static final int CHANNEL = 1;
  static final int VALUE = 0x80;
  static final int PACKED = 0x01;
  static final int GONE = 0x02;
  static final int NAMED = 0x04;
  static final int MARKED = 0x08;
  static final int SNAPSHOT = 0x10;
  static final int LOST = 0x20;

  private static final int CONFLATED = 0x01;
  private static final int EPOCH = 0x02;

  private final byte[] epoch;
  private final Codebook codebook;
  private Told told = new Told();

  public BinaryFrame(String epoch, Codebook codebook) {
    this.epoch = Text.utf8(epoch);
    this.codebook = codebook;
  }

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  void open(Stamp stamp, boolean conflated, Told client) {
    told = client;
    out.put((conflated ? CONFLATED : 0) | (told.knowsEpoch() ? 0 : EPOCH));
    out.count(stamp.micros());
    if (!told.knowsEpoch()) out.text(epoch);
  }

  @Override
  void writeControl(byte[] json) {
    out.put(CONTROL);
    out.text(json);
  }

  @Override
  void writeItem(Item item, long merged, long age, boolean snapshot, long lost) {
    var packed = item.packed(codebook);
    if (told.isNew(packed.channel())) out.put(packed.channel().definition());
    out.put(packed.tag() | (snapshot ? SNAPSHOT : 0) | (lost > 0 ? LOST : 0));
    out.count(packed.channel().number());
    out.count(merged);
    out.count(age);
    if (lost > 0) out.count(lost);
    out.put(packed.body());
  }

  /** Only now is it certain that the frame will be sent. */
  @Override
  void end() {
    told.epochTold();
  }
}
