package io.tapeline.bridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of another make that passes messages on to WebSockets: what is published on a channel
 * goes to all who follow it, one message after the other.
 */
final class Peer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(10);

  private final Kind kind;
  private final Process process;
  private final int socketPort;
  private final Socket publisher;
  private final OutputStream out;

  /** Those that Debian has. */
  enum Kind {
    NATS("nats-server"),
    NCHAN("nginx");

    private final String command;

    Kind(String command) {
      this.command = command;
    }

    /** Where it is installed; empty: it is not. */
    Optional<Path> found() {
      if (this == NCHAN && !Files.exists(Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so")))
        return Optional.empty();
      return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin")
          .map(at -> Path.of(at, command))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  Peer(Kind kind, Path executable) throws IOException, InterruptedException {
    this.kind = kind;
    socketPort = freePort();
    int port = kind == Kind.NATS ? freePort() : socketPort;
    var at = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "peer");
    var config = Files.writeString(at.resolve("config"), config(port, at));
    var command =
        switch (kind) {
          case NATS -> List.of(executable.toString(), "-c", config.toString());
          case NCHAN ->
              List.of(executable.toString(), "-p", at.toString(), "-c", config.toString());
        };
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(at.resolve("log").toFile())
            .start();
    publisher = connect(port);
    publisher.setTcpNoDelay(true);
    out = publisher.getOutputStream();
    if (kind == Kind.NATS)
      out.write("CONNECT {\"verbose\":false}\r\n".getBytes(StandardCharsets.US_ASCII));
    Thread.ofPlatform().name("answers").daemon().start(this::skipAnswers);
  }

  private String config(int port, Path at) {
    return switch (kind) {
      case NATS ->
          """
          host: 127.0.0.1
          port: %d
          websocket { host: 127.0.0.1, port: %d, no_tls: true }
          """
              .formatted(port, socketPort);
      case NCHAN ->
          """
          load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
          daemon off; worker_processes 1; pid %2$s/pid; error_log %2$s/error.log;
          events { worker_connections 4096; }
          http {
            access_log off; keepalive_requests 100000000; client_body_temp_path %2$s/body;
            server {
              listen 127.0.0.1:%1$d;
              location ~ /pub/(.*) { nchan_publisher; nchan_channel_id $1; nchan_message_buffer_length 1000; }
              location ~ /sub/(.*) { nchan_subscriber websocket; nchan_channel_id $1; nchan_subscriber_first_message newest; }
            }
          }
          """
              .formatted(port, at);
    };
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static Socket connect(int port) throws IOException, InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        if (System.nanoTime() > until) throw e;
        Thread.sleep(50);
      }
    }
  }

  private void skipAnswers() {
    try (InputStream in = publisher.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      process.destroy(); // the bench is over
    }
  }

  Audience.Door door(int channel) {
    return new Audience.Door(socketPort, kind == Kind.NATS ? "/" : "/sub/" + channel, "");
  }

  /** What a client says first. */
  String greeting(int channel) {
    return switch (kind) {
      case NATS -> "CONNECT {\"verbose\":false}\r\nSUB " + channel + " 1\r\n";
      case NCHAN -> "";
    };
  }

  void publish(int channel, String message) throws IOException {
    var head =
        switch (kind) {
          case NATS -> "PUB " + channel + " " + message.length() + "\r\n";
          case NCHAN ->
              "POST /pub/%d HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                  .formatted(channel, message.length());
        };
    var tail = kind == Kind.NATS ? "\r\n" : "";
    out.write((head + message + tail).getBytes(StandardCharsets.US_ASCII));
  }

  /** Of the server and its workers. */
  double cpuSeconds() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .mapToDouble(cpu -> cpu.toMillis() / 1e3)
        .sum();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    publisher.close();
  }
}
