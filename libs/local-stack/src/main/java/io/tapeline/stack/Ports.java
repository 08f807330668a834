package io.tapeline.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine. */
public final class Ports {
  private Ports() {}

  /** Free ports below the range from which the system serves outgoing connections. */
  public static List<Integer> free(int count) {
    var found = new LinkedHashSet<Integer>();
    for (var attempt = 0; attempt < 10_000 && found.size() < count; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (!isBusy(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new StackException("No free ports between 20000 and 32000.");
    }
    return List.copyOf(found);
  }

  /** Whether something else listens on the port of 127.0.0.1. */
  public static boolean isBusy(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
