package io.tapeline.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.orders.domain.DenialReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Documents, the OpenAPI description and the screens list the reasons for a denial as the enum has
 * them. A file that does not is written anew with {@code -Ddenials.write=true}.
 */
class DenialTextsTest {
  private static final boolean WRITE = Boolean.getBoolean("denials.write");

  @Test
  void theTableForPeopleListsEveryReason() throws IOException {
    agrees("docs/denials.md", markdown());
  }

  @Test
  void theOpenApiDescriptionListsEveryReason() throws IOException {
    agrees("order-service/src/main/resources/META-INF/openapi.yaml", openApi());
  }

  @Test
  void theScreensHaveATextForEveryReason() throws IOException {
    agrees("ui-bridge/src/main/webui/src/shared/denials.ts", typeScript());
  }

  private static void agrees(String file, String expected) throws IOException {
    var path = root().resolve(file);
    if (WRITE) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertThat(path)
        .as("stale: run the test with -Ddenials.write=true")
        .exists()
        .content()
        .isEqualTo(expected);
  }

  private static Path root() {
    var at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("ui-bridge"))) at = at.getParent();
    if (at == null) throw new IllegalStateException("not inside the project");
    return at;
  }

  private static String markdown() {
    return """
    # Why a request is denied

    <!-- Written by DenialTextsTest from DenialReason; do not edit. -->

    *Denied* is ours: the venue never saw the request. *Rejected* is the venue's; its code and text travel on unchanged.
    Every denial is a problem (`application/problem+json`) with the `reason`, the sentence as `detail`, and its `params`,
    and is written to the account's journal, so that the order's history tells it later. `STALE_VERSION` carries the order
    as it is now as `order`.

    The answer to an id is for ever: the same request with the same id gets the same denial again, even when its cause
    is long gone (`VENUE_DOWN`, `RECONCILING`, `TAPE_DOWN` and the like). Whoever wants to try again asks with a new
    `clOrdId` or `Idempotency-Key`. The one exception is `ORDER_RATE`, which is not kept: the same id may be sent again.

    | reason | status | what it means | params |
    |---|---|---|---|
    %s
    """
        .formatted(each("\n", DenialTextsTest::markdown));
  }

  private static String markdown(DenialReason reason) {
    return "| `%s` | %d | %s | %s |"
        .formatted(
            reason,
            Refusals.status(reason).code(),
            reason.text(),
            reason.parameters().stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(" ")));
  }

  private static String openApi() {
    return """
    # Written by DenialTextsTest from DenialReason; do not edit.
    openapi: 3.1.0
    components:
      schemas:
        DenialReason:
          type: string
          description: Why a request was denied; `reason` of a problem.
          enum:
    %s
    """
        .formatted(each("\n", reason -> "        - " + reason));
  }

  private static String typeScript() {
    return """
    // Written by order-service's DenialTextsTest from DenialReason; do not edit.
    const TEXTS: Readonly<Record<string, string>> = {
    %s
    }

    /** What a reason means, for people; of one that is not in the list, its name. */
    export const denialText = (reason: string): string => TEXTS[reason] ?? reason
    """
        .formatted(each("\n", DenialTextsTest::typeScript));
  }

  private static String typeScript(DenialReason reason) {
    var quote = reason.text().contains("'") ? '"' : '\'';
    return "  " + reason + ": " + quote + reason.text() + quote + ",";
  }

  private static String each(
      String separator, java.util.function.Function<DenialReason, String> line) {
    return Arrays.stream(DenialReason.values()).map(line).collect(Collectors.joining(separator));
  }
}
