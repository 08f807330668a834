package io.tapeline.stack;

import java.nio.file.Path;

/** Places that tests share. */
final class TestPlaces {
  /** Unpacked once for all tests of this user. */
  static final Path BINARIES =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "tapeline-binaries-" + System.getProperty("user.name"));

  private TestPlaces() {}
}
