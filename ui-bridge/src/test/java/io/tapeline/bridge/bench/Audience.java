package io.tapeline.bridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Many WebSocket clients on one thread, which do as little as can be done with what they get: count
 * items, and look at the time in some of them.
 */
final class Audience implements AutoCloseable {
  private static final int MOST_SAMPLES = 2_000_000;
  private static final int AT_ONCE = 8;
  private static final int HEAD_BYTES = 1_024;
  private static final byte[] ITEM = ascii("{\"ch\":\"");
  private static final byte[] MICROS = ascii("\"us\":");
  private static final byte[] AT = ascii("\"at\":\"");
  private static final byte[] FRAME = ascii("{\"t\":\"");

  private final Selector selector;
  private final Thread thread;
  private final List<Member> members = new ArrayList<>();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private final int[] latencies = new int[MOST_SAMPLES];
  private final int[] urgent = new int[100_000];
  private volatile boolean closed;
  private volatile boolean measuring;
  private volatile long wokenAt = Long.MAX_VALUE;
  private final AtomicLong items = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private int sampled;
  private int urgentSampled;
  private long seen;

  /** Where a server of WebSockets is, and what it wants to be told in the request for one. */
  record Door(int port, String path, String headers) {
    /** Others send their text in binary frames. */
    boolean isPacked() {
      return headers.contains("tapeline.v1.bin");
    }
  }

  Audience() throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().name("audience").daemon().start(this::run);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One client; its frames are put together in a buffer of its own, which grows to the longest. */
  static final class Member {
    final SocketChannel channel;
    private final boolean reads;
    private final boolean packed;
    byte[] pending = new byte[4 * 1024];
    int length;
    volatile boolean live;

    /** Of those that did not read: when each quote was made that they have, in microseconds. */
    private final Map<String, Long> madeAt = new HashMap<>();

    /** Milliseconds from being woken until the first frame was read that was written after it. */
    volatile double freshAfter = Double.NaN;

    /** How old the oldest of its quotes was when that frame was written, milliseconds. */
    volatile double oldest = Double.NaN;

    private Member(Door door, boolean reads, String says) throws IOException {
      this.reads = reads;
      packed = door.isPacked();
      channel = SocketChannel.open();
      if (!reads) channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 * 1024);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      write(
          ByteBuffer.wrap(
              ascii(
                  "GET "
                      + door.path()
                      + " HTTP/1.1\r\nHost: 127.0.0.1:"
                      + door.port()
                      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + door.headers()
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      + "Sec-WebSocket-Version: 13\r\n\r\n")));
      awaitUpgrade();
      if (!says.isEmpty()) say(says);
      channel.configureBlocking(false);
    }

    private void awaitUpgrade() throws IOException {
      var got = ByteBuffer.allocate(HEAD_BYTES);
      var head = "";
      int end = -1;
      while (end < 0) {
        if (channel.read(got) <= 0) throw new IOException("refused: " + head);
        head = new String(got.array(), 0, got.position(), StandardCharsets.US_ASCII);
        end = head.indexOf("\r\n\r\n");
      }
      // some servers speak first
      length = got.position() - end - 4;
      System.arraycopy(got.array(), end + 4, pending, 0, length);
      if (head.charAt(9) != '1') throw new IOException("refused: " + head);
    }

    void say(String text) throws IOException {
      var payload = text.getBytes(StandardCharsets.UTF_8);
      var frame = ByteBuffer.allocate(payload.length + 14);
      frame.put((byte) 0x81);
      if (payload.length < 126) frame.put((byte) (0x80 | payload.length));
      else frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
      frame.putInt(0); // masked with zeros
      write(frame.put(payload).flip());
    }

    private void write(ByteBuffer what) throws IOException {
      while (what.hasRemaining()) channel.write(what);
    }
  }

  /**
   * More clients, some of them at the same time; each is listened to from its connection on.
   *
   * @param says what the i-th says at once
   */
  List<Member> join(Door door, int count, boolean reads, IntFunction<String> says)
      throws IOException {
    var joined = new ConcurrentLinkedQueue<Member>();
    var failed = new ConcurrentLinkedQueue<IOException>();
    var turn = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int t = 0; t < AT_ONCE; t++)
        threads.execute(
            () -> {
              try {
                for (int i = turn.getAndIncrement(); i < count; i = turn.getAndIncrement()) {
                  var member = new Member(door, reads, says.apply(i));
                  joined.add(member);
                  tasks.add(() -> admit(member));
                  selector.wakeup();
                }
              } catch (IOException e) {
                failed.add(e);
              }
            });
    }
    if (!failed.isEmpty()) throw failed.element();
    return List.copyOf(joined);
  }

  private void admit(Member member) {
    members.add(member);
    if (member.reads) listen(member);
  }

  private void listen(Member member) {
    try {
      member.channel.register(selector, SelectionKey.OP_READ, member);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those that did not read begin to. */
  void wake(List<Member> stalled) {
    tasks.add(
        () -> {
          wokenAt = micros();
          for (var member : stalled) {
            widen(member);
            listen(member);
          }
        });
    selector.wakeup();
  }

  private static void widen(Member member) {
    try {
      member.channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void part(List<Member> leaving) {
    tasks.add(
        () -> {
          for (var member : leaving) close(member);
          members.removeAll(leaving);
        });
    selector.wakeup();
  }

  private static void close(Member member) {
    try {
      member.channel.close();
    } catch (IOException _) {
      member.live = false;
    }
  }

  void measure(boolean value) {
    if (value) {
      sampled = 0;
      urgentSampled = 0;
      items.set(0);
      frames.set(0);
      bytes.set(0);
    }
    measuring = value;
  }

  long items() {
    return items.get();
  }

  long frames() {
    return frames.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** Milliseconds from the sending of a quote to its reading, at a fraction. */
  double latency(double fraction) {
    return at(Arrays.copyOf(latencies, sampled), fraction);
  }

  /** The same of notices. */
  double urgentLatency(double fraction) {
    return at(Arrays.copyOf(urgent, urgentSampled), fraction);
  }

  private static double at(int[] sorted, double fraction) {
    if (sorted.length == 0) return Double.NaN;
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * fraction)] / 1_000.0;
  }

  static long micros() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(100);
        for (var task = tasks.poll(); task != null; task = tasks.poll()) task.run();
        for (var key : selector.selectedKeys()) read((Member) key.attachment());
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Member member) {
    try {
      buffer.clear();
      int got = member.channel.read(buffer);
      if (got <= 0) {
        if (got < 0) close(member);
        return;
      }
      buffer.flip();
      if (measuring) bytes.addAndGet(got);
      if (member.length + got > member.pending.length)
        member.pending =
            Arrays.copyOf(member.pending, Integer.highestOneBit(member.length + got) * 2);
      buffer.get(member.pending, member.length, got);
      member.length += got;
      consume(member);
    } catch (IOException _) {
      close(member);
    }
  }

  private void consume(Member member) {
    int from = 0;
    var bytesOf = member.pending;
    while (member.length - from >= 2) {
      int size = bytesOf[from + 1] & 0x7f;
      int head = 2;
      if (size == 126) {
        if (member.length - from < 4) break;
        size = ((bytesOf[from + 2] & 0xff) << 8) | (bytesOf[from + 3] & 0xff);
        head = 4;
      } else if (size == 127) {
        if (member.length - from < 10) break;
        size = ByteBuffer.wrap(bytesOf, from + 6, 4).getInt();
        head = 10;
      }
      if (member.length - from < head + size) break;
      boolean isData = (bytesOf[from] & 0x0f) <= 2;
      if (isData && member.packed) {
        member.live = true;
        binaryFrame(bytesOf, from + head, from + head + size);
      } else if (isData) frame(member, bytesOf, from + head, from + head + size);
      from += head + size;
    }
    System.arraycopy(bytesOf, from, bytesOf, 0, member.length - from);
    member.length -= from;
  }

  /** Only as much as tells how many quotes there are, and how old a few of them. */
  private void binaryFrame(byte[] from, int start, int end) {
    if (!measuring) return;
    long now = micros();
    frames.incrementAndGet();
    boolean sample = seen++ % 4 == 0;
    int count = 0;
    var walk = new BinaryWalk(from, start, end);
    while (walk.next()) {
      count++;
      if (!sample || count % 8 != 1 || walk.atMicros() == 0 || sampled >= MOST_SAMPLES) continue;
      latencies[sampled++] = (int) (now - walk.atMicros());
    }
    items.addAndGet(count);
  }

  private void frame(Member member, byte[] from, int start, int end) {
    member.live = true;
    long now = micros();
    if (!member.reads && Double.isNaN(member.freshAfter)) freshen(member, from, start, end, now);
    if (!measuring) return;
    frames.incrementAndGet();
    int count = 0;
    boolean sample = seen++ % 4 == 0;
    for (int at = find(from, start, end, ITEM); at >= 0; at = find(from, at + 40, end, ITEM)) {
      count++;
      boolean notice = from[at + ITEM.length] == 'n';
      if (!notice && !(sample && count % 8 == 1)) continue;
      long sent = sentAt(from, at, end);
      if (sent < 0) continue;
      if (notice && urgentSampled < urgent.length) urgent[urgentSampled++] = (int) (now - sent);
      else if (!notice && sampled < MOST_SAMPLES) latencies[sampled++] = (int) (now - sent);
    }
    items.addAndGet(count);
  }

  /** By the field that says so in microseconds, or by the time of a quote. */
  private static long sentAt(byte[] in, int item, int end) {
    int next = find(in, item + ITEM.length, end, ITEM);
    int limit = next < 0 ? end : next;
    int us = find(in, item, limit, MICROS);
    if (us >= 0) return number(in, us + MICROS.length);
    int at = find(in, item, limit, AT);
    if (at < 0) return -1;
    return micros(in, at + AT.length);
  }

  /** What a woken client knows when it has read the first frame that was written for it since. */
  private void freshen(Member member, byte[] from, int start, int end, long now) {
    for (int at = find(from, start, end, ITEM); at >= 0; at = find(from, at + 40, end, ITEM)) {
      int us = find(from, at, end, MICROS);
      if (us < 0) break;
      int name = at + ITEM.length;
      member.madeAt.put(
          new String(from, name, QuoteFeed.CHANNEL.length(), StandardCharsets.US_ASCII),
          number(from, us + MICROS.length));
    }
    long written = micros(from, start + FRAME.length);
    if (written < wokenAt) return;
    member.freshAfter = (now - wokenAt) / 1_000.0;
    long oldest = member.madeAt.values().stream().mapToLong(at -> at).min().orElse(0);
    member.oldest =
        member.madeAt.size() < QuoteFeed.KEYS
            ? Double.POSITIVE_INFINITY
            : (written - oldest) / 1_000.0;
  }

  private static long micros(byte[] in, int at) {
    var time = Instant.parse(new String(in, at, 27, StandardCharsets.US_ASCII));
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private static long number(byte[] in, int at) {
    long number = 0;
    for (int i = at; in[i] >= '0' && in[i] <= '9'; i++) number = number * 10 + in[i] - '0';
    return number;
  }

  private static int find(byte[] in, int from, int end, byte[] what) {
    outer:
    for (int i = from; i <= end - what.length; i++) {
      if (in[i] != what[0]) continue;
      for (int j = 1; j < what.length; j++) if (in[i + j] != what[j]) continue outer;
      return i;
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var member : members) close(member);
    selector.close();
  }
}
