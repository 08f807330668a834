package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;

/**
 * Bytes that are put together, in an array that grows. Numbers are in groups of seven bits, the
 * lowest first; each byte but the last has its eighth bit set.
 */
public final class Bytes {
  private static final int FIRST = 8 * 1024;
  private static final int MOST_DIGITS = 19;

  private byte[] array;
  private int length;

  Bytes() {
    this(FIRST);
  }

  public Bytes(int atFirst) {
    array = new byte[atFirst];
  }

  byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Somebody else keeps the array. */
  void giveAway() {
    array = new byte[FIRST];
    length = 0;
  }

  public byte[] copy() {
    return Arrays.copyOf(array, length);
  }

  public void put(int octet) {
    room(1);
    array[length++] = (byte) octet;
  }

  public void put(byte[] slice) {
    room(slice.length);
    System.arraycopy(slice, 0, array, length, slice.length);
    length += slice.length;
  }

  /** A number that is not below zero. */
  public void count(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  /** A number of either sign: twice as much, and one less below zero. */
  public void signed(long value) {
    count((value << 1) ^ (value >> 63));
  }

  /** Its length, then the text. */
  public void text(byte[] utf8) {
    count(utf8.length);
    put(utf8);
  }

  /** A number that is not below zero in decimal digits. */
  void digits(long value) {
    room(MOST_DIGITS);
    if (value < 10) {
      array[length++] = (byte) ('0' + value);
      return;
    }
    int digits = 2;
    for (long most = 100; digits < MOST_DIGITS && value >= most; most *= 10) digits++;
    length += digits;
    long rest = value;
    for (int at = length - 1; digits > 0; digits--, at--) {
      array[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private void room(int more) {
    if (length + more > array.length)
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
  }
}
