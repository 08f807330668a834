package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of settings is what the code says; {@code -Dsettings.write=true} writes it again. A page
 * that lags behind is told as a skipped test: it is no reason to hold back the code.
 */
class SettingsTest {
  private static final Path PAGE = Manifests.ROOT.resolve("docs/settings.md");

  @Test
  void thePageOfSettingsIsWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("settings.write")) Files.writeString(PAGE, page());
    assumeThat(Sources.text(PAGE)).as("docs/settings.md is to be written again").isEqualTo(page());
  }

  @Test
  void everySettingIsExplainedOrNamesItself() {
    assertThat(Settings.all())
        .hasSizeGreaterThan(40)
        .extracting(Settings.Setting::name)
        .contains(
            "tapeline.secret-file",
            "tapeline.accounts.\"ID\".venue",
            "orders.limits.\"ID\".max-order-qty",
            "tapeline.door.team.session")
        .doesNotHaveDuplicates();
  }

  private static String page() {
    return """
        # Settings

        Written from the code (`./mvnw -f deploy/pom.xml test -Dtest=SettingsTest -Dsettings.write=true`); a build says so where it differs. A
        setting is given as a system property, as an environment variable (`tapeline.secret-file` is `TAPELINE_SECRET_FILE`) or to `./tapeline run --set`. Beside these
        every service takes what Quarkus takes; `kafka.bootstrap.servers`, `quarkus.datasource.*`, `quarkus.http.host` and `quarkus.http.port` are what an installation gives.

        | setting | of | type | default | what |
        |---|---|---|---|---|
        """
        + Settings.all().stream().map(SettingsTest::row).collect(Collectors.joining());
  }

  private static String row(Settings.Setting setting) {
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            setting.name(),
            Settings.LIBRARIES.contains(setting.owner()) ? "all" : setting.owner(),
            setting.type().replaceAll("Optional<(.*)>", "$1, may be missing"),
            setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
            setting.what());
  }
}
