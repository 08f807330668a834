package io.tapeline.stack;

import io.tapeline.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the running suite is found; there only while it runs, or after it was killed. */
record RunFile(Path file) {
  /**
   * A running suite.
   *
   * @param pid of the launcher
   * @param bridge where the browser's door is
   * @param orders where the order-service is, for measurements
   */
  record Running(long pid, URI bridge, URI orders) {
    boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  Optional<Running> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Running.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(Running running) throws IOException {
    var next = file.resolveSibling("run.json.next");
    Files.write(next, Json.MAPPER.writeValueAsBytes(running));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  void remove() {
    file.toFile().delete();
  }
}
