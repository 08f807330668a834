package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day at the desk with bad luck: orders all the time, and every few seconds some service dies.
 * {@code soak.minutes} says how long (20), {@code soak.seed} repeats a run.
 */
@Tag("soak")
class SoakIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> SERVICES =
      List.of("order-service", "market-gateway", "position-service", "ui-bridge");

  /** So often within a minute a service is started again. */
  private static final int RESTARTS = 3;

  @TempDir private static Path data;

  @Test
  void howeverOftenServicesDieNothingIsLostOrDoubled() throws InterruptedException {
    var seed = Long.getLong("soak.seed", System.nanoTime());
    var end = Instant.now().plus(Duration.ofMinutes(Integer.getInteger("soak.minutes", 20)));
    var chance = new Random(seed);
    var deaths = new ArrayList<Death>();
    try (var desk = Desk.start(data.resolve("tape"))) {
      var symbol = desk.frontContract("ES");
      do {
        var begin = Instant.now();
        try (var orders = OrderStream.start(desk, "PRACTICE", symbol)) {
          while (Instant.now().isBefore(begin.plusSeconds(120)) && Instant.now().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(2_000 + chance.nextInt(15_000));
            var victim = victim(chance, deaths);
            deaths.add(new Death(Instant.now(), victim));
            desk.kill(victim);
            orders.awaitMore(1, PATIENCE);
          }
          orders.stop();
          assertThatCode(
                  () -> Agreement.await(desk, "PRACTICE", symbol, orders.acknowledged(), PATIENCE))
              .as("-Dsoak.seed=%d, deaths %s", seed, deaths)
              .doesNotThrowAnyException();
        }
      } while (Instant.now().isBefore(end));
    }
  }

  private record Death(Instant at, String service) {}

  /** One that is still started again: the launcher leaves alone what dies too often in a minute. */
  private static String victim(Random chance, List<Death> deaths) {
    var lately = Instant.now().minusSeconds(65);
    var living =
        SERVICES.stream()
            .filter(
                service ->
                    deaths.stream()
                            .filter(death -> death.service().equals(service))
                            .filter(death -> death.at().isAfter(lately))
                            .count()
                        < RESTARTS)
            .toList();
    return living.get(chance.nextInt(living.size()));
  }
}
