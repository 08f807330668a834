package io.tapeline.bridge.fanout.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client follows and what it was sent of it. Belongs to one thread; times are microseconds
 * of a clock that only moves forward.
 */
public final class ClientView {
  private static final long SHORTEST_MICROS = 20_000;
  private static final long LONGEST_MICROS = 1_000_000;
  private static final int MOST_CONTROLS = 512;
  private static final int SLOWEST = 6;

  private final Map<ChannelName, Feed> feeds = new LinkedHashMap<>();
  private final ArrayDeque<byte[]> controls = new ArrayDeque<>();
  private final Told told = new Told();
  private final Lane lossless = new Lane(Pace.LOSSLESS);
  private final Lane market = new Lane(Pace.MARKET);
  private final Lane steady = new Lane(Pace.STEADY);
  private final List<Lane> lanes = List.of(lossless, market, steady);
  private long marketWindow = Pace.MARKET.windowMicros();
  private boolean hidden;
  private boolean skipped;
  private int slowness;
  private boolean more;

  /**
   * Follows a channel from now on; a channel that is followed already starts over.
   *
   * @param cursor what the client has seen of a lossless channel in this epoch; null: nothing
   */
  public void subscribe(Channel channel, @Nullable Long cursor) {
    unsubscribe(channel.name());
    var feed =
        switch (channel) {
          case StateChannel state -> {
            say(Control.snapshot(state.name(), null));
            yield new StateFeed(state);
          }
          case BarChannel bars -> {
            say(Control.snapshot(bars.name(), null));
            yield new BarFeed(bars);
          }
          case Ring ring -> follow(ring, cursor);
        };
    feeds.put(channel.name(), feed);
    var lane = lane(channel.name());
    lane.feeds().add(feed);
    lane.dueNow();
  }

  private RingFeed follow(Ring ring, @Nullable Long cursor) {
    var feed = new RingFeed(ring);
    if (cursor != null && feed.resume(cursor)) say(Control.resumed(ring.name(), cursor));
    else if (!ring.name().kind().journaled()) say(feed.beginFromRing());
    return feed;
  }

  public void unsubscribe(ChannelName channel) {
    var feed = feeds.remove(channel);
    if (feed == null) return;
    lane(channel).feeds().remove(feed);
    feed.end();
  }

  /** Follows nothing any more. */
  public void leave() {
    channels().forEach(this::unsubscribe);
  }

  /** The channels whose owner must be asked for a snapshot. Each is named once. */
  public Collection<ChannelName> takeWanted() {
    List<ChannelName> wanted = List.of(); // as a rule, and after every frame
    for (var feed : lossless.feeds())
      if (feed instanceof RingFeed ring && ring.name().kind().journaled() && ring.takeWanted()) {
        if (wanted.isEmpty()) wanted = new ArrayList<>();
        wanted.add(ring.name());
      }
    return wanted;
  }

  /** Starts a lossless channel from its owner's answer, unless the ring has left it behind. */
  public void begin(ChannelName channel, List<Ring.Entry> rows, long asOfSeq) {
    if (!(feeds.get(channel) instanceof RingFeed feed) || !feed.isAsked()) return;
    if (feed.reaches(asOfSeq)) {
      say(feed.begin(rows, asOfSeq));
      lossless.dueNow();
    } else feed.askAgain();
  }

  /** The owner of the channel did not answer. */
  public void askAgain(ChannelName channel) {
    if (feeds.get(channel) instanceof RingFeed feed) feed.askAgain();
  }

  /** The slice of time in which market data is merged for this client. */
  public void window(long millis) {
    marketWindow = Math.clamp(millis, SHORTEST_MICROS / 1000, LONGEST_MICROS / 1000) * 1000;
    market.dueNow();
  }

  public void hidden(boolean value) {
    hidden = value;
    if (!value) lanes.forEach(Lane::dueNow);
  }

  public boolean isHidden() {
    return hidden;
  }

  public void say(Control control) {
    controls.add(control.bytes());
  }

  /** Whether the client asks for more than it reads. */
  public boolean isOverwhelmed() {
    return controls.size() > MOST_CONTROLS;
  }

  public int size() {
    return feeds.size();
  }

  public boolean follows(ChannelName channel) {
    return feeds.containsKey(channel);
  }

  public List<ChannelName> channels() {
    return List.copyOf(feeds.keySet());
  }

  /** Whether there is anything to send, due or not. */
  public boolean hasNews() {
    if (!controls.isEmpty()) return true;
    for (var lane : lanes) if (lane.hasNews()) return true;
    return false;
  }

  /** Whether there are records to send that wait for nothing else. */
  public boolean isUrgent(long nowMicros) {
    return lossless.isDue(nowMicros) && lossless.hasNews();
  }

  /** The socket took nothing: what is new is merged until it drains, and windows get longer. */
  public void skip() {
    skipped = true;
    slowness = Math.min(SLOWEST, slowness + 1);
  }

  /** Fills the frame with what is due. False: nothing is. */
  public boolean flush(Frame frame, Stamp stamp, long nowMicros) {
    more = false;
    if (!isDue(nowMicros)) return false;
    frame.begin(stamp, skipped, told);
    while (!controls.isEmpty() && !frame.isFull()) frame.control(controls.removeFirst());
    if (!controls.isEmpty()) more = true;
    for (var lane : lanes)
      if (lane.isDue(nowMicros) && !lane.write(frame, nowMicros, window(lane.pace()))) more = true;
    if (frame.isEmpty()) return false;
    frame.end();
    if (!skipped && slowness > 0) slowness--;
    skipped = false;
    return true;
  }

  /** Whether something may be sent now, if there is anything. */
  public boolean isDue(long nowMicros) {
    if (!controls.isEmpty()) return true;
    for (var lane : lanes) if (!lane.feeds().isEmpty() && lane.isDue(nowMicros)) return true;
    return false;
  }

  private long window(Pace pace) {
    var window =
        switch (pace) {
          case LOSSLESS -> pace.windowMicros();
          case MARKET -> slowed(marketWindow);
          case STEADY -> slowed(pace.windowMicros());
        };
    return hidden && pace != Pace.LOSSLESS ? Math.max(window, Pace.HIDDEN_MICROS) : window;
  }

  private long slowed(long window) {
    return Math.max(window, Math.min(LONGEST_MICROS, window << slowness));
  }

  /**
   * When to flush again, even if nothing changes until then; {@code Long.MAX_VALUE}: no need to.
   */
  public long nextDue(long nowMicros) {
    if (more) return nowMicros;
    long next = Long.MAX_VALUE;
    for (var lane : lanes) next = Math.min(next, lane.nextDue(nowMicros));
    return next;
  }

  private Lane lane(ChannelName channel) {
    return switch (channel.kind().pace()) {
      case LOSSLESS -> lossless;
      case MARKET -> market;
      case STEADY -> steady;
    };
  }
}
