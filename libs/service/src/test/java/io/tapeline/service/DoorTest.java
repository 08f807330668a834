package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {
  @TempDir Path data;

  @Test
  void aSecretThatIsMissingOrIsNoneOpensNoDoor() throws IOException {
    assertNoDoor(data.resolve("missing"));
    assertNoDoor(Files.writeString(data.resolve("short"), "c2hvcnQ"));
  }

  private static void assertNoDoor(Path file) {
    assertThatThrownBy(() -> new Door(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("tapeline.secret-file");
  }

  /**
   * Otherwise it would be made, and fail, with the first call, of a service that says it is ready.
   */
  @Test
  void theDoorIsMadeWhenTheServiceStarts() {
    assertThat(Door.class.getDeclaredMethods())
        .anySatisfy(
            method -> {
              assertThat(method.getParameterTypes()).containsExactly(StartupEvent.class);
              assertThat(Arrays.stream(method.getParameterAnnotations()[0]))
                  .anyMatch(Observes.class::isInstance);
            });
  }

  @Test
  void whatItSignsItBelieves() throws IOException {
    var file = data.resolve("secret");
    var _ = InstallationSecret.readOrCreate(file);
    var door = new Door(file);
    assertThat(door.verify(door.mint("ann", Scope.TRADE)).user()).isEqualTo("ann");
  }
}
