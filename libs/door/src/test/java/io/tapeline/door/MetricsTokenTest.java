package io.tapeline.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTokenTest {
  @TempDir private Path place;

  @Test
  void itIsTheSameForOneInstallationAndAnotherForEveryOther() throws IOException {
    var ours = InstallationSecret.readOrCreate(place.resolve("ours"));
    var others = InstallationSecret.readOrCreate(place.resolve("others"));
    var token = MetricsToken.of(ours);
    assertThat(MetricsToken.of(InstallationSecret.read(place.resolve("ours")))).isEqualTo(token);
    assertThat(MetricsToken.isOf(ours, token)).isTrue();
    assertThat(MetricsToken.isOf(others, token)).isFalse();
    assertThat(MetricsToken.isOf(ours, token + "x")).isFalse();
    assertThat(MetricsToken.isOf(ours, "tpm_")).isFalse();
    assertThat(token).doesNotContain(Files.readString(place.resolve("ours")).strip());
  }
}
