package io.tapeline.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A way to PostgreSQL that can lose an answer: the statement is done, and nobody hears of it. */
final class LossyLine implements AutoCloseable {
  private static final int LONGEST = 64;

  private final ServerSocket server;
  private final URI target;
  private final AtomicReference<String> doomed = new AtomicReference<>();
  private final AtomicInteger losses = new AtomicInteger();

  private LossyLine(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static LossyLine to(String url) throws IOException {
    return new LossyLine(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url));
  }

  String url() {
    return "postgresql://127.0.0.1:" + server.getLocalPort() + target.getPath();
  }

  /** Of the next request that holds this text only the way there works. */
  void loseTheNextAnswerTo(String text) {
    doomed.set(text);
  }

  int losses() {
    return losses.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        var database = new Socket(target.getHost(), target.getPort());
        var connection = new Connection(client, database);
        Thread.ofVirtual().start(connection::there);
        Thread.ofVirtual().start(connection::back);
      }
    } catch (IOException _) {
      // closed
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket database;
    private volatile boolean lost;

    Connection(Socket client, Socket database) {
      this.client = client;
      this.database = database;
    }

    void there() {
      try {
        var buffer = new byte[1 << 16];
        var said = "";
        for (var n = read(client, buffer); n > 0; n = read(client, buffer)) {
          var text = doomed.get();
          // what is looked for may come in two pieces
          said =
              said.substring(Math.max(0, said.length() - LONGEST))
                  + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          if (text != null && said.contains(text) && doomed.compareAndSet(text, null)) lost = true;
          database.getOutputStream().write(buffer, 0, n);
        }
      } catch (IOException _) {
        // one side is gone, so the other goes too
      }
      close();
    }

    void back() {
      try {
        var buffer = new byte[1 << 16];
        for (var n = read(database, buffer); n > 0; n = read(database, buffer)) {
          if (lost) {
            losses.incrementAndGet();
            break;
          }
          client.getOutputStream().write(buffer, 0, n);
        }
      } catch (IOException _) {
        // one side is gone, so the other goes too
      }
      close();
    }

    private static int read(Socket socket, byte[] buffer) throws IOException {
      return socket.getInputStream().read(buffer);
    }

    private void close() {
      try {
        client.close();
        database.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
