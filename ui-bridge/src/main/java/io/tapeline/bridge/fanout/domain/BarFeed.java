package io.tapeline.bridge.fanout.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A cursor into the changes of a channel of bars, which its follower gives back at the end. */
final class BarFeed implements Feed {
  private final BarChannel channel;
  private long cursor;
  private boolean snapshot = true;

  /** The bar that was told last: mostly the forming one, whose next states are merged. */
  private @Nullable Instant told;

  private long toldTimes;

  BarFeed(BarChannel channel) {
    this.channel = channel;
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
    return channel.newest() > cursor;
  }

  @Override
  public boolean write(Frame frame) {
    if (!hasNews()) {
      snapshot = false;
      return true;
    }
    var news = channel.after(cursor, snapshot);
    if (news.isAll() && !snapshot) {
      frame.control(Control.resync(name(), "BEHIND").bytes());
      frame.control(Control.snapshot(name(), null).bytes());
      snapshot = true;
      told = null;
    }
    for (var change : news.changes()) {
      if (frame.isFull()) return false;
      frame.value(change, merged(change), snapshot);
      cursor = change.number();
      told = change.bar().key().start();
      toldTimes = change.times();
    }
    snapshot = false;
    return true;
  }

  private long merged(BarChannel.Change change) {
    if (snapshot) return 1;
    if (change.bar().key().start().equals(told)) return change.times() - toldTimes;
    return change.first() > cursor ? change.times() : 1;
  }
}
