package io.tapeline.bridge.fanout.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One text frame under construction: slices are copied into a buffer that is used again for the
 * next client. Belongs to one thread.
 */
public final class Frame {
  /** A frame that long is sent; the rest goes into the next one. */
  static final int FULL_BYTES = 64 * 1024;

  private static final byte[] TIME = ascii("{\"t\":\"");
  private static final byte[] EPOCH = ascii("\",\"epoch\":\"");
  private static final byte[] CONFLATED = ascii("\",\"con\":true,\"items\":[");
  private static final byte[] ITEMS = ascii("\",\"items\":[");
  private static final byte[] AGE = ascii(",\"age\":");
  private static final byte[] SNAPSHOT = ascii(",\"snap\":true");
  private static final byte[] LOST = ascii(",\"lost\":");
  private static final byte[] END = ascii("]}");

  private static final int FIRST_BYTES = 8 * 1024;

  private final byte[] epoch;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int items;
  private long now;
  private long oldest;

  public Frame(String epoch) {
    this.epoch = ascii(epoch);
  }

  /** Starts a new frame, forgetting the last one. */
  public void begin(byte[] time, long nowMillis, boolean conflated) {
    length = 0;
    items = 0;
    now = nowMillis;
    oldest = Cell.UNTIMED;
    put(TIME);
    put(time);
    put(EPOCH);
    put(epoch);
    put(conflated ? CONFLATED : ITEMS);
  }

  void control(byte[] item) {
    separate();
    put(item);
  }

  void value(Cell.Value value, long merged, boolean snapshot) {
    if (!snapshot) oldest = Math.min(oldest, value.taken());
    item(value.item(), merged, value.at(), snapshot, 0);
  }

  void value(Ring.Entry entry, boolean snapshot, long lost) {
    item(entry.item(), 1, entry.atMillis(), snapshot, lost);
  }

  void value(BarChannel.Change change, long merged, boolean snapshot) {
    item(change.item(), merged, change.atMillis(), snapshot, 0);
  }

  private void item(Item item, long merged, long atMillis, boolean snapshot, long lost) {
    separate();
    put(item.head());
    digits(merged);
    put(AGE);
    digits(Math.max(0, now - atMillis));
    if (snapshot) put(SNAPSHOT);
    if (lost > 0) {
      put(LOST);
      digits(lost);
    }
    put(item.tail());
  }

  /** Closes the frame; its bytes are {@link #bytes()} up to {@link #length()}. */
  public void end() {
    put(END);
  }

  public boolean isEmpty() {
    return items == 0;
  }

  boolean isFull() {
    return length >= FULL_BYTES;
  }

  public int items() {
    return items;
  }

  /** How long the value that waited longest did so; below zero: none of them is timed. */
  public long longestWait(long nowMicros) {
    return oldest == Cell.UNTIMED ? -1 : Math.max(0, nowMicros - oldest);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Somebody else keeps the bytes: the next frame is built elsewhere. */
  public void giveAway() {
    bytes = new byte[FIRST_BYTES];
  }

  private void separate() {
    if (items++ > 0) put(',');
  }

  private void digits(long value) {
    if (value >= 10) digits(value / 10);
    put('0' + (int) (value % 10));
  }

  private void put(int ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  private void put(byte[] slice) {
    room(slice.length);
    System.arraycopy(slice, 0, bytes, length, slice.length);
    length += slice.length;
  }

  private void room(int more) {
    if (length + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
