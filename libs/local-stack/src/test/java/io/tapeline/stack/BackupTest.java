package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.door.InstallationSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is kept, and what is refused; that a restored desk trades on is shown by docs/operations.md.
 */
class BackupTest {
  @TempDir Path place;
  private Path desk;
  private Path file;

  @BeforeEach
  void aDesk() throws IOException {
    desk = place.resolve("desk");
    file = place.resolve("kept.tar.gz");
    try (var data = DataDirectory.open(desk)) {
      Files.createDirectories(data.postgres().resolve("base/1"));
      Files.writeString(data.postgres().resolve("base/1/2619"), "rows");
      Files.setPosixFilePermissions(data.postgres(), PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(data.kafka().resolve("orders.events.v1-0"));
      Files.writeString(data.kafka().resolve("orders.events.v1-0/00.log"), "tape");
      Files.createDirectories(data.logs());
      Files.writeString(data.logs().resolve("ui-bridge.log"), "said");
      var _ = InstallationSecret.readOrCreate(data.secret());
      var _ = Passwords.keptIn(data.passwords(), Database.USERS);
    }
  }

  private static int tapeline(String... arguments) {
    return Launcher.commandLine().execute(arguments);
  }

  @Test
  void whatWasKeptIsThereAgain() throws IOException {
    assertThat(tapeline("backup", file.toString(), "--data", desk.toString())).isZero();
    var again = place.resolve("elsewhere/desk");
    assertThat(tapeline("restore", file.toString(), "--data", again.toString())).isZero();
    for (var kept : new String[] {"postgres/base/1/2619", "kafka/orders.events.v1-0/00.log"})
      assertThat(again.resolve(kept)).hasSameTextualContentAs(desk.resolve(kept));
    for (var kept : new String[] {"secret", "postgres-passwords"}) {
      assertThat(again.resolve(kept)).hasSameTextualContentAs(desk.resolve(kept));
      assertThat(modeOf(again.resolve(kept))).isEqualTo("rw-------");
    }
    // PostgreSQL would not start on a directory that others can read
    assertThat(modeOf(again.resolve("postgres"))).isEqualTo("rwx------");
    assertThat(modeOf(again)).isEqualTo("rwx------");
    assertThat(again.resolve("logs")).doesNotExist();
    assertThat(place.resolve("elsewhere")).isDirectoryNotContaining("glob:**.restoring");
    try (var data = StoppedDesk.take(again)) {
      assertThat(data.root()).isEqualTo(again);
    }
  }

  @Test
  void aBackupIsForItsOwnerOnlyAndNeverReplacesAnother() throws IOException {
    assertThat(tapeline("backup", file.toString(), "--data", desk.toString())).isZero();
    assertThat(modeOf(file)).isEqualTo("rw-------");
    var kept = Files.readAllBytes(file);
    assertThat(tapeline("backup", file.toString(), "--data", desk.toString())).isEqualTo(1);
    assertThat(file).hasBinaryContent(kept);
  }

  @Test
  void aDeskThatRunsIsNotKept() {
    try (var _ = DataDirectory.open(desk)) {
      assertThat(tapeline("backup", file.toString(), "--data", desk.toString())).isEqualTo(1);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whereThereIsNoDeskNoneIsMade() {
    var nowhere = place.resolve("nowhere");
    assertThat(tapeline("backup", file.toString(), "--data", nowhere.toString())).isEqualTo(1);
    assertThat(nowhere).doesNotExist();
    assertThat(file).doesNotExist();
  }

  @Test
  void aDirectoryWithSomethingInItIsNotRestoredInto() throws IOException {
    assertThat(tapeline("backup", file.toString(), "--data", desk.toString())).isZero();
    assertThatThrownBy(() -> Archive.unpack(file, desk))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("is not empty");
    assertThat(desk.resolve("postgres/base/1/2619")).hasContent("rows");
  }

  @Test
  void anArchiveOfSomethingElseMakesNoDesk() throws Exception {
    var other = Files.createDirectory(place.resolve("photos"));
    Files.writeString(other.resolve("sea.jpg"), "blue");
    var photos = place.resolve("photos.tar.gz");
    new ProcessBuilder("tar", "-czf", photos.toString(), "-C", other.toString(), ".")
        .start()
        .waitFor();
    var again = place.resolve("again");
    assertThatThrownBy(() -> Archive.unpack(photos, again))
        .hasMessageContaining("is not a backup of a desk");
    assertThatThrownBy(() -> Archive.unpack(other.resolve("sea.jpg"), again))
        .hasMessageContaining("cannot be unpacked");
    assertThat(again).doesNotExist();
  }

  @Test
  void newSecretsAreNewAndTheAdministratorKeepsHis() throws IOException {
    var users = new java.util.ArrayList<>(Database.USERS);
    users.add("tapeline_admin");
    var before = Passwords.keptIn(desk.resolve("postgres-passwords"), users);
    var secret = Files.readString(desk.resolve("secret"));
    assertThat(tapeline("rotate-secrets", "--data", desk.toString())).isZero();
    var after = Passwords.keptIn(desk.resolve("postgres-passwords"), users);
    for (var user : Database.USERS) assertThat(after.of(user)).isNotEqualTo(before.of(user));
    assertThat(after.of("tapeline_admin")).isEqualTo(before.of("tapeline_admin"));
    assertThat(Files.readString(desk.resolve("secret"))).isNotEqualTo(secret);
    assertThat(modeOf(desk.resolve("secret"))).isEqualTo("rw-------");
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
