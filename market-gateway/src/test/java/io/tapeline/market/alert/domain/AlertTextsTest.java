package io.tapeline.market.alert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document lists the refusals as the enum has them. */
class AlertTextsTest {
  @Test
  void theTableForPeopleListsEveryRefusal() throws IOException {
    var rows =
        Arrays.stream(AlertRefusal.values())
            .map(each -> "| `%s` | %d | %s |".formatted(each, each.status(), each.text()))
            .collect(Collectors.joining("\n"));
    assertThat(document())
        .contains("| reason | status | what it means |\n|---|---|---|\n" + rows + "\n\n");
  }

  private static String document() throws IOException {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var file = at.resolve("docs/market-data.md");
      if (Files.exists(file)) return Files.readString(file);
    }
    throw new AssertionError("docs/market-data.md is not there");
  }
}
