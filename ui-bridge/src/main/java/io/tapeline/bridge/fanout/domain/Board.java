package io.tapeline.bridge.fanout.domain;

import java.math.BigDecimal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be shown: the newest value of every key, and the last records of the channels
 * where every record counts. Each channel is written by one thread.
 */
public final class Board {
  /** At most so many contracts come with {@code quote:*}. */
  static final int MOST_FRONT_CONTRACTS = 200;

  private static final int JOURNAL_RING = 1024;
  private static final int NOTICE_RING = 512;
  private static final int TAPE_RING = 256;

  /** Every interval of every contract would be more than anybody looks at. */
  private static final int MOST_BAR_CHANNELS = 2_000;

  private final Set<String> accounts;
  private final Set<String> symbols = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, Tick> ticks = new ConcurrentHashMap<>();
  private final ConcurrentMap<ChannelName, Channel> channels = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ChannelName, BarChannel> barChannels = new ConcurrentHashMap<>();

  /**
   * @param accounts those that are configured; there are no channels of others
   */
  public Board(Set<String> accounts) {
    this.accounts = Set.copyOf(accounts);
    channel(ChannelName.STATUS);
    channel(ChannelName.HOPS);
    channel(ChannelName.FRONT_QUOTES);
  }

  /**
   * The channel of that name; null where its symbol or account is not known, or more intervals are
   * looked at than there is room for. Bars are kept from then on, until who asked for the channel
   * leaves it.
   */
  public @Nullable Channel find(ChannelName name) {
    if (name.kind() == ChannelKind.BAR) return bars(name);
    var known = channels.get(name);
    if (known != null) return known;
    boolean exists =
        switch (name.kind().of()) {
          case SYMBOL, BARS -> symbols.contains(name.symbol());
          case ACCOUNT -> accounts.contains(name.of());
          case EVERYTHING, USER -> true;
        };
    return exists ? channel(name) : null;
  }

  private @Nullable Channel bars(ChannelName name) {
    if (!symbols.contains(name.symbol())) return null;
    if (barChannels.size() >= MOST_BAR_CHANNELS)
      for (var each : barChannels.keySet())
        barChannels.computeIfPresent(each, (_, bars) -> bars.isFollowed() ? bars : null);
    return barChannels.compute(
        name,
        (_, known) -> {
          if (known == null && barChannels.mappingCount() >= MOST_BAR_CHANNELS) return null;
          var bars = known == null ? new BarChannel(name) : known;
          bars.follow();
          return bars;
        });
  }

  /** Whether anybody follows any bars. */
  public boolean hasFollowedBars() {
    for (var bars : barChannels.values()) if (bars.isFollowed()) return true;
    return false;
  }

  /** The channel of those bars if anybody follows it. */
  public @Nullable BarChannel followedBars(ChannelName name) {
    var bars = barChannels.get(name);
    return bars != null && bars.isFollowed() ? bars : null;
  }

  /** Whether anybody follows a channel of states. */
  public boolean isFollowed(ChannelName name) {
    return states(name).isFollowed();
  }

  public Set<String> accounts() {
    return accounts;
  }

  /** Whether any quote has come. */
  public boolean hasQuote() {
    return channels.keySet().stream()
        .anyMatch(
            name -> name.kind() == ChannelKind.QUOTE && !name.of().equals("*") && quoted(name));
  }

  private boolean quoted(ChannelName name) {
    var cells = states(name).cells();
    return cells.length > 0 && cells[0].newest() != null;
  }

  /** A contract of the catalogue; front contracts are part of {@code quote:*}. */
  public void instrument(String symbol, BigDecimal tickSize, boolean front) {
    symbols.add(symbol);
    var tick = Tick.of(tickSize);
    if (tick == null) ticks.remove(symbol);
    else ticks.put(symbol, tick);
    if (!front) return;
    var cell = states(ChannelName.quote(symbol)).cell("", false);
    if (cell != null) states(ChannelName.FRONT_QUOTES).add(symbol, cell, MOST_FRONT_CONTRACTS);
  }

  /** The contract's smallest price step; null where none is known. */
  @Nullable Tick tick(String symbol) {
    return ticks.get(symbol);
  }

  /** A value of a channel of one thing, such as a quote. */
  public void put(ChannelName channel, byte[] data, long atMillis) {
    put(channel, data, atMillis, Cell.UNTIMED);
  }

  /**
   * As {@link #put(ChannelName, byte[], long)}, of a value whose stay here is timed.
   *
   * @param takenMicros when it was read, by the clock of those who flush
   */
  public void put(ChannelName channel, byte[] data, long atMillis, long takenMicros) {
    if (channel.kind().of() == ChannelKind.Of.SYMBOL) symbols.add(channel.of());
    var cell = states(channel).cell("", false);
    if (cell != null) cell.put(data, atMillis, takenMicros);
  }

  /** A value of one key of a channel. */
  public void put(ChannelName channel, String key, byte[] data, long atMillis) {
    var cell = states(channel).cell(key, true);
    if (cell != null) cell.put(data, atMillis, Cell.UNTIMED);
  }

  /** A value that brings its version along; an older one is dropped. False: it was. */
  public boolean put(
      ChannelName channel, @Nullable String key, Version version, byte[] data, long atMillis) {
    var cell = states(channel).cell(key == null ? "" : key, key != null);
    return cell != null && cell.put(version, data, atMillis);
  }

  public void remove(ChannelName channel, @Nullable String key, long atMillis) {
    var cell = states(channel).find(key == null ? "" : key);
    if (cell != null) cell.remove(atMillis);
  }

  /** A record of an account's stream; what is not shown on the channel only moves it on. */
  public Ring.Heard record(
      ChannelName channel, long seq, String key, byte @Nullable [] data, long atMillis) {
    var ring = ring(channel);
    return data == null ? ring.pass(seq) : ring.append(seq, key, data, atMillis);
  }

  /** A record of a channel that we number ourselves. */
  public void append(ChannelName channel, @Nullable String key, byte[] data, long atMillis) {
    if (channel.kind().of() == ChannelKind.Of.SYMBOL) symbols.add(channel.of());
    ring(channel).append(key, data, atMillis);
  }

  /**
   * The last records of a channel.
   *
   * @throws IllegalArgumentException when it is a channel of states
   */
  public Ring records(ChannelName channel) {
    return ring(channel);
  }

  private StateChannel states(ChannelName name) {
    if (channel(name) instanceof StateChannel states) return states;
    throw new IllegalArgumentException(name + " is not a channel of states");
  }

  private Ring ring(ChannelName name) {
    if (channel(name) instanceof Ring ring) return ring;
    throw new IllegalArgumentException(name + " is not a channel of records");
  }

  private Channel channel(ChannelName name) {
    return channels.computeIfAbsent(name, Board::open);
  }

  private static Channel open(ChannelName name) {
    return switch (name.kind()) {
      case QUOTE, DEPTH, STATUS, HOPS, ACCOUNT, POSITIONS -> new StateChannel(name);
      case BAR -> throw new IllegalArgumentException(name + " is kept while it is followed");
      case ORDERS, FILLS -> new Ring(name, JOURNAL_RING);
      case NOTICES, TRADES, ALERTS -> empty(new Ring(name, NOTICE_RING));
      case TAPE -> empty(new Ring(name, TAPE_RING));
    };
  }

  private static Ring empty(Ring ring) {
    ring.startEmpty();
    return ring;
  }
}
