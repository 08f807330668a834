package io.tapeline.bridge.fanout.http;

import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.absence.app.AbsenceWatch;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Bucket;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.app.LiveBars;
import io.tapeline.bridge.fanout.app.Snapshots;
import io.tapeline.bridge.fanout.domain.BarChannel;
import io.tapeline.bridge.fanout.domain.BinaryFrame;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.ClientView;
import io.tapeline.bridge.fanout.domain.Codebook;
import io.tapeline.bridge.fanout.domain.Control;
import io.tapeline.bridge.fanout.domain.Frame;
import io.tapeline.bridge.fanout.domain.Stamp;
import io.tapeline.bridge.fanout.domain.TextFrame;
import io.tapeline.bridge.fanout.http.ClientMessage.MalformedMessageException;
import io.tapeline.door.Scope;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection. Everything runs on its event loop. */
final class Client {
  private static final Logger LOG = Logger.getLogger(Client.class);
  private static final long RETRY_MS = 1_000;
  private static final Uni<Optional<Set<String>>> NOT_IN = Uni.createFrom().item(Optional.empty());

  /** What all clients share. */
  record Shared(
      Vertx vertx,
      Fanout fanout,
      Snapshots snapshots,
      Doorkeeper doorkeeper,
      LiveBars bars,
      Codebook codebook,
      AbsenceWatch absence,
      FanoutConfig config,
      FanoutMeters meters) {}

  private final ServerWebSocket socket;
  private final Caller caller;
  private final String user;
  private final Shared shared;
  private final ClientLoop loop;
  private final Context context;
  private final ClientView view = new ClientView();
  private final Bucket messages;
  private final boolean binary;
  private Set<String> granted;
  private boolean blocked;
  private boolean closing;
  private final boolean trades;
  private boolean silent;
  private long heardMicros;

  Client(
      ServerWebSocket socket, Caller caller, Set<String> granted, ClientLoop loop, Shared shared) {
    this.socket = socket;
    this.binary = Subprotocol.BINARY.label().equals(socket.subProtocol());
    this.caller = caller;
    this.user = shared.doorkeeper().owner(caller);
    this.granted = granted;
    this.loop = loop;
    this.shared = shared;
    this.context = shared.vertx().getOrCreateContext();
    var config = shared.config();
    messages = new Bucket(config.messagesAtOnce(), config.messagesPerSecond(), System.nanoTime());
    trades =
        caller.via() != Caller.Via.INSTALLATION && Scope.of(caller.scope()).includes(Scope.TRADE);
    heard();
    socket.setWriteQueueMaxSize(config.writeQueue());
    socket.drainHandler(_ -> drained());
    socket.textMessageHandler(this::receive);
    socket.binaryMessageHandler(_ -> close(CloseCode.MALFORMED, null));
    socket.pongHandler(_ -> heard());
  }

  private void heard() {
    heardMicros = ClientLoop.micros();
    if (trades) shared.absence().heard(user);
  }

  /** Sends what is due; answers when to look again even if nothing changes. */
  long flush(Frame frame, Stamp stamp, long nowMicros) {
    if (closing) return Long.MAX_VALUE;
    if (!view.isDue(nowMicros)) return view.nextDue(nowMicros);
    if (socket.isClosed()) return Long.MAX_VALUE;
    if (socket.writeQueueFull()) {
      if (!blocked && view.hasNews()) {
        blocked = true;
        view.skip();
        shared.meters().skipped();
      }
      return Long.MAX_VALUE; // it drains first
    }
    if (view.flush(frame, stamp, nowMicros)) {
      write(frame);
      if (!view.isHidden()) shared.meters().waited(frame.longestWait(nowMicros));
    }
    for (var channel : view.takeWanted()) fetch(channel);
    return view.nextDue(nowMicros);
  }

  private void write(Frame frame) {
    // of the heap and not pooled: Vert.x would copy a pooled one first
    var bytes = Unpooled.wrappedBuffer(frame.bytes()).writerIndex(frame.length());
    var written = socket.writeFrame(new WebSocketFrameImpl(type(frame), bytes, true));
    shared.meters().sent(frame.items(), frame.length());
    // as a rule the kernel has it all at once; then the array may be filled again
    if (!written.isComplete()) frame.giveAway();
  }

  private static WebSocketFrameType type(Frame frame) {
    return frame.isBinary() ? WebSocketFrameType.BINARY : WebSocketFrameType.TEXT;
  }

  /** Whether it agreed to binary frames. */
  boolean isBinary() {
    return binary;
  }

  /** Whether something waits that must not wait behind market data. */
  boolean isUrgent(long nowMicros) {
    return !closing && view.isUrgent(nowMicros);
  }

  private void drained() {
    blocked = false;
    loop.soon();
  }

  private void fetch(ChannelName channel) {
    shared
        .snapshots()
        .of(channel)
        .onComplete(
            asked ->
                context.runOnContext(
                    _ -> {
                      if (asked.succeeded()) {
                        view.begin(channel, asked.result().rows(), asked.result().asOfSeq());
                        loop.soon();
                      } else {
                        LOG.warnf("no snapshot of %s yet: %s", channel, asked.cause().getMessage());
                        shared.vertx().setTimer(RETRY_MS, _ -> retry(channel));
                      }
                    }));
  }

  private void retry(ChannelName channel) {
    view.askAgain(channel);
    loop.soon();
  }

  private void receive(String text) {
    heard();
    if (closing) return;
    if (!messages.take(System.nanoTime())) {
      close(CloseCode.TOO_MANY_MESSAGES, null);
      return;
    }
    try {
      handle(ClientMessage.parse(text));
      if (view.isOverwhelmed()) close(CloseCode.SLOW, null);
      else loop.soon();
    } catch (MalformedMessageException e) {
      close(CloseCode.MALFORMED, e.getMessage());
    }
  }

  private void handle(ClientMessage message) {
    switch (message) {
      case ClientMessage.Ping(var id) -> view.say(Control.pong(id));
      case ClientMessage.Hidden(var value) -> view.hidden(value);
      case ClientMessage.Timed timed -> shared.meters().timed(timed);
      case ClientMessage.Unsubscribe(_, var channels) -> {
        for (var text : channels) {
          var channel = ChannelName.parse(text, user);
          if (channel != null) view.unsubscribe(channel);
        }
      }
      case ClientMessage.Subscribe subscribe -> {
        if (subscribe.window() != null) view.window(subscribe.window());
        view.say(Control.subscribed(subscribe.id()));
        for (var text : subscribe.channels()) subscribe(text, subscribe);
      }
    }
  }

  private void subscribe(String text, ClientMessage.Subscribe asked) {
    var name = ChannelName.parse(text, user);
    var refusal = name == null ? "UNKNOWN_CHANNEL" : refusal(name);
    var channel = name == null || refusal != null ? null : shared.fanout().board().find(name);
    if (channel == null) {
      var shown = name == null ? text.substring(0, Math.min(text.length(), 48)) : text;
      view.say(Control.error(asked.id(), shown, refusal == null ? unknown(name) : refusal));
      return;
    }
    view.subscribe(channel, cursor(text, asked.resume()));
    if (channel instanceof BarChannel bars) shared.bars().follow(bars.name());
  }

  /** Cursors of another process mean nothing here. */
  private @Nullable Long cursor(String channel, ClientMessage.@Nullable Resume resume) {
    return resume != null && resume.epoch().equals(shared.fanout().epoch())
        ? resume.cursors().get(channel)
        : null;
  }

  private static String unknown(@Nullable ChannelName name) {
    return name != null
            && (name.kind().of() == ChannelKind.Of.SYMBOL || name.kind() == ChannelKind.BAR)
        ? "UNKNOWN_SYMBOL"
        : "UNKNOWN_CHANNEL";
  }

  private @Nullable String refusal(ChannelName name) {
    if (name.kind().of() == ChannelKind.Of.ACCOUNT && !granted.contains(name.of()))
      return "ACCOUNT_NOT_GRANTED";
    if (view.size() >= shared.config().channelsPerConnection() && !view.follows(name))
      return "TOO_MANY_CHANNELS";
    return null;
  }

  /** Now and then: is the other side alive, and may it still see what it follows? */
  void sweep(long nowMicros) {
    if (socket.isClosed()) return;
    if (nowMicros - heardMicros > shared.config().idle().toNanos() / 1_000) {
      silent = true;
      close(CloseCode.IDLE, null);
      return;
    }
    if (!socket.writeQueueFull()) socket.writePing(Buffer.buffer());
    lookAgain();
  }

  /** Whether the caller may still be here, and see what it follows. */
  private void lookAgain() {
    shared
        .doorkeeper()
        .isStillIn(caller)
        .chain(in -> in ? shared.doorkeeper().accountsOf(caller).map(Optional::of) : NOT_IN)
        .subscribe()
        .with(now -> context.runOnContext(_ -> recheck(now)), e -> LOG.warn("grants not read", e));
  }

  /**
   * @param accounts empty: the session is over
   */
  private void recheck(Optional<Set<String>> accounts) {
    if (accounts.isEmpty()) {
      close(CloseCode.SIGNED_OUT, null);
      return;
    }
    var now = accounts.get();
    granted = now;
    for (var channel : view.channels())
      if (channel.kind().of() == ChannelKind.Of.ACCOUNT && !now.contains(channel.of())) {
        view.unsubscribe(channel);
        view.say(Control.error(null, channel.toString(), "ACCOUNT_NOT_GRANTED"));
        loop.soon();
      }
  }

  /** Something was taken away from somebody; from any thread. */
  void takenAway() {
    context.runOnContext(
        _ -> {
          if (!socket.isClosed()) lookAgain();
        });
  }

  /** The connection is over. */
  void gone() {
    if (!silent) heard(); // until now
    view.leave();
  }

  /** A lost connection ends by itself; a message that is too long does not. */
  void failed(Throwable e) {
    LOG.debugf("socket: %s", e.getMessage());
    if (!(e instanceof IOException)) close(CloseCode.TOO_LARGE, null);
  }

  /** The bridge is stopping; from any thread. */
  void leave() {
    context.runOnContext(_ -> close(CloseCode.GOING_AWAY, null));
  }

  /** Says why in an error item, then closes with a code that says it too. */
  void close(CloseCode code, @Nullable String detail) {
    if (closing) return;
    if (socket.isClosed()) {
      closing = true; // the other side was faster
      return;
    }
    var epoch = shared.fanout().epoch();
    var frame = binary ? new BinaryFrame(epoch, shared.codebook()) : new TextFrame(epoch);
    view.say(Control.error(null, null, detail == null ? code.name() : code.name() + ": " + detail));
    if (!socket.writeQueueFull() && view.flush(frame, ClientLoop.stamp(), Long.MIN_VALUE))
      write(frame);
    closing = true;
    socket.close(code.code(), code.name());
  }
}
