package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;

/**
 * The version last sent of every key: memory by keys, not by updates, however slow the client is.
 */
final class StateFeed implements Feed {
  private final StateChannel channel;
  private long[] sent = {};
  private boolean snapshot = true;
  private int start;

  StateFeed(StateChannel channel) {
    this.channel = channel;
    channel.follow();
  }

  @Override
  public ChannelName name() {
    return channel.name();
  }

  @Override
  public void end() {
    channel.leave();
  }

  @Override
  public boolean hasNews() {
    var cells = channel.cells();
    for (int i = 0; i < cells.length; i++) {
      var newest = cells[i].newest();
      if (newest != null && newest.changes() > sent(i)) return true;
    }
    return false;
  }

  @Override
  public boolean write(Frame frame) {
    var cells = channel.cells();
    if (sent.length < cells.length) sent = Arrays.copyOf(sent, cells.length);
    for (int i = 0; i < cells.length; i++) {
      int index = (start + i) % cells.length;
      if (frame.isFull()) {
        start = index; // whoever was cut off is first in line next time
        return false;
      }
      write(frame, cells[index], index);
    }
    snapshot = false;
    return true;
  }

  private void write(Frame frame, Cell cell, int index) {
    var newest = cell.newest();
    if (newest == null || newest.changes() <= sent[index]) return;
    boolean first = sent[index] == 0;
    if (!first || !newest.isGone()) {
      long merged = first && snapshot ? 1 : newest.changes() - sent[index];
      frame.value(newest, merged, first && snapshot);
    }
    sent[index] = newest.changes();
  }

  private long sent(int index) {
    return index < sent.length ? sent[index] : 0;
  }
}
