package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path place;

  @Test
  void aNewDirectoryIsForItsOwnerOnly() throws Exception {
    try (var data = DataDirectory.open(place.resolve("deep/er/data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aDirectoryOfSomebodyElseIsNotTouched() throws Exception {
    var thesis = Files.writeString(place.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> DataDirectory.open(place))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("was not made by Tapeline");
    assertThat(thesis).hasContent("years of work");
    assertThat(place).isDirectoryContaining(p -> p.equals(thesis));
  }

  @Test
  void startingOverLeavesWhatWeDidNotMake() throws Exception {
    var root = place.resolve("data");
    try (var data = DataDirectory.open(root)) {
      Files.createDirectories(data.postgres().resolve("base"));
      Files.writeString(data.secret(), "old");
      var notes = Files.writeString(root.resolve("my-notes.txt"), "keep");
      data.removeContents();
      assertThat(notes).hasContent("keep");
      assertThat(data.postgres()).doesNotExist();
      assertThat(data.secret()).doesNotExist();
      assertThat(DataDirectory.isOurs(root)).isTrue();
    }
  }

  @Test
  void startingOverDoesNotFollowLinksOutOfTheDirectory() throws Exception {
    var outside = Files.createDirectory(place.resolve("outside"));
    var precious = Files.writeString(outside.resolve("precious"), "keep");
    try (var data = DataDirectory.open(place.resolve("data"))) {
      Files.createSymbolicLink(data.kafka(), outside);
      data.removeContents();
    }
    assertThat(precious).hasContent("keep");
  }

  @Test
  void onlyOneLauncherAtATime() {
    var root = place.resolve("data");
    try (var _ = DataDirectory.open(root)) {
      assertThatThrownBy(() -> DataDirectory.open(root))
          .hasMessageContaining("already running on " + root);
    }
    DataDirectory.open(root).close();
  }
}
