package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the words of benches. */
class BenchReportTest {
  private static final String ORDERS =
      """
      run 1 of 3, 100 orders/s for 20 s: 100/s, p50 4.6 ms, p90 16.0 ms, p99 30.0 ms, max 99.0 ms
        drained after 0.2 s; CPU: order-service 35 %; load of the machine 1.0 on 2 cores
      run 2 of 3, 100 orders/s for 20 s: 100/s, p50 4.8 ms, p90 16.0 ms, p99 31.5 ms, max 99.0 ms
      run 3 of 3, 100 orders/s for 20 s: 100/s, p50 9.0 ms, p90 16.0 ms, p99 90.0 ms, max 99.0 ms
      sustained, 1000 orders/s for 20 s: 1,001/s, p50 66.0 ms, p90 180.0 ms, p99 304.0 ms, max 400.0 ms
        drained after 6.5 s; CPU: order-service 35 %
      """;
  @TempDir Path directory;

  private static BenchReport report() {
    var process = new Family.Member("order-service", Duration.ofMillis(7_300), 199_000_000);
    return new BenchReport(
        Machine.now(),
        false,
        List.of(
            new BenchReport.Run(
                "orders", true, Duration.ofSeconds(90), ORDERS, List.of(process), 0)));
  }

  @Test
  void theFigureInTheMiddleIsHeldAgainstItsAim() {
    assertThat(report().outcomes())
        .map(BenchReport::line)
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "orders click to durable answer, p50 4.8 <= 5 ms met",
            "orders click to durable answer, p99 31.5 <= 25 ms NOT MET",
            "orders sustained 1,001 >= 1,000 orders/s met",
            "orders … then at rest after 6.5 <= 5 s NOT MET",
            "orders over HTTP >= 0.15 x a plain client not measured",
            "orders command handler >= 1 x a plain client not measured");
  }

  @Test
  void everyBenchIsReadAsItSpeaks() {
    for (var said :
        List.of(
            "replay 1: 11,963 events/s into tables, plain consumer 46,552/s, ratio 0.26, heap 90 MB",
            "positions as of an instant of a day of 100,000 fills: median 135 ms, longest 405 ms",
            "fill on topic to position on topic at 200/s: p50 19.0 ms, p99 107.0 ms, max 1.0 ms",
            "decoded and through the book, one core: 8,500,000 records/s",
            "whole gateway, books to Kafka, bars beside: 527,000 records/s (9.5 s)",
            "EngineBenchmark.throughput    thrpt    5  14.040 ± 1.800  ops/us",
            "EngineBenchmark.latency:p0.999    sample    1.800    us/op",
            "200 clients x 100 keys, 2,000/s, 50 ms         351,000 1,100,000    19.9    58.0     80%",
            "1,000 clients x 20 keys, 2,000/s, 50 ms        351,000 1,100,000    19.9    58.0     80%",
            "150 clients x 100 keys, 2,000/s, 50 ms         351,000 1,100,000    19.9    58.0     80%",
            "150 clients x 100 keys, 2,000/s, 20 ms         351,000 1,100,000    19.9    58.0     80%",
            "{\"what\":\"first quote painted\",\"ms\":1900,\"note\":\"\"}",
            "{\"what\":\"ladder\",\"frames\":9,\"perSecond\":53.1,\"workP95\":31}",
            "{\"what\":\"steady\",\"workP95\":35,\"workP99\":51,\"longTasks\":36,\"tickToPaintP99\":72}",
            "{\"what\":\"left behind\",\"cycles\":50,\"heapKiB\":202}",
            "all four ready, with caches: best 4.1 s, median 4.4 s",
            "all four ready, without: best 9.1 s, median 9.4 s",
            "  memory of market-gateway: 199 MB (120 its own, 79 of files), at most 230",
            "  memory of order-service: 199 MB (120 its own, 79 of files), at most 230",
            "  memory of position-service: 199 MB (120 its own, 79 of files), at most 230",
            "  memory of ui-bridge: 199 MB (120 its own, 79 of files), at most 230",
            "TimingBenchmark.named    avgt    5  124.1 ± 28.0  ns/op",
            "InterceptedBenchmark.timed    avgt       150.5          ns/op"))
      assertThat(Aim.ALL)
          .as(said)
          .filteredOn(aim -> !aim.part().equals("orders"))
          .anySatisfy(aim -> assertThat(aim.in(said).value()).isPresent());
    assertThat(Aim.ALL)
        .filteredOn(aim -> aim.what().equals("update to client, 50 ms, p99"))
        .allSatisfy(
            aim ->
                assertThat(
                        aim.in("150 clients x 100 keys, 2,000/s, 50 ms  1 2  19.9  58.0  80%")
                            .value())
                    .contains(58.0));
  }

  @Test
  void itIsWrittenForPeopleForProgramsAndAsAPicture() throws Exception {
    report().writeTo(directory);
    assertThat(directory.resolve("report.md"))
        .content()
        .contains("| orders | sustained | 1,001 | >= 1,000 orders/s | met |")
        .contains("| orders | 90 s | order-service | 7.3 | 199 |");
    var json = Json.MAPPER.readTree(directory.resolve("report.json").toFile());
    assertThat(json.path("figures").path(0).path("value").asDouble()).isEqualTo(4.8);
    assertThat(json.path("machine").path("cores").asInt()).isPositive();
    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("report.svg"))));
    assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(1 + 4);
    assertThat(
            new String(Files.readAllBytes(directory.resolve("report.svg")), StandardCharsets.UTF_8))
        .contains("click to durable answer, p50");
  }

  @Test
  void aProcessIsKnownByItsModuleOrItsClass() {
    assertThat(
            Family.name(
                "java -Xmx1m -jar /x/order-service/target/quarkus-app/quarkus-run.jar",
                "/j/bin/java"))
        .isEqualTo("order-service");
    assertThat(
            Family.name(
                "java -Xmx512m -cp a:b io.tapeline.stack.Launcher run --data d", "/j/bin/java"))
        .isEqualTo("java Launcher");
    assertThat(Family.name("/usr/bin/nats-server -c x", "/usr/bin/nats-server"))
        .isEqualTo("nats-server");
  }
}
