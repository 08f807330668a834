package io.tapeline.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces that keeps all it is told, as it came. */
final class Collector implements AutoCloseable {
  private static final int TRACE_ID = 16;

  private final HttpServer server;
  private final List<String> told = new CopyOnWriteArrayList<>();

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        call -> {
          told.add(text(call.getRequestBody().readAllBytes()));
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether a service told a span of an order under that name, in the trace of the order. */
  boolean heard(String service, String account, String clOrdId, String span) {
    var trace = text(Arrays.copyOf(hash(account + "|" + clOrdId), TRACE_ID));
    return told.stream()
        .anyMatch(body -> body.contains(service) && body.contains(trace) && body.contains(span));
  }

  /** One character a byte: in a message of Protocol Buffers text and ids stand as they are. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
