package io.tapeline.bridge.fanout.http;

import java.util.Arrays;
import java.util.List;

/** In which of its two forms a client wants to hear what there is. */
enum Subprotocol {
  JSON("tapeline.v1.json"),
  BINARY("tapeline.v1.bin");

  private final String label;

  Subprotocol(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Subprotocol::label).toList();
  }
}
