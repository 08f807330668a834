package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.AccountRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RiskViewTest {
  private static final AccountId ACCOUNT = new AccountId("A");
  private long now = 1_000;
  private final RiskView view =
      new RiskView(Duration.ofSeconds(15), Duration.ofSeconds(30), () -> now);

  @Test
  void aWordIsOldOnceItWasNotRepeatedForTheWholeSilence() {
    view.learn(row(1), true);
    pass(15_000);
    assertThat(view.facts(ACCOUNT).stale()).as("after exactly 15 s").isFalse();
    pass(1);
    assertThat(view.facts(ACCOUNT).stale()).as("after more").isTrue();
    view.learn(row(1), true);
    assertThat(view.facts(ACCOUNT).stale()).as("said again").isFalse();
  }

  @Test
  void whatWasSaidBeforeTheStartTellsNotThatAnybodyIsThere() {
    view.learn(row(1), false);
    pass(30_000);
    assertThat(view.facts(ACCOUNT).stale()).as("within the grace").isFalse();
    pass(1);
    assertThat(view.facts(ACCOUNT).stale()).as("after it").isTrue();
  }

  @Test
  void anAccountNobodySpokeOfHasTheGraceToo() {
    pass(30_000);
    assertThat(view.facts(ACCOUNT).stale()).isFalse();
    pass(1);
    assertThat(view.facts(ACCOUNT).stale()).isTrue();
  }

  @Test
  void aFormerOwnersWordIsNoHeartbeat() {
    view.learn(row(2), true);
    pass(14_000);
    view.learn(row(1), true);
    pass(2_000);
    assertThat(view.facts(ACCOUNT).stale()).isTrue();
  }

  @Test
  void withoutASilenceNobodyIsWaitedFor() {
    var patient = new RiskView(Duration.ZERO, Duration.ZERO, () -> now);
    pass(1_000_000);
    assertThat(patient.facts(ACCOUNT).stale()).isFalse();
  }

  @Test
  void anAccountIsQuarantinedAsLongAsItsNewestRowSaysSoHeardLiveOrNot() {
    assertThat(view.quarantined(ACCOUNT)).as("nobody spoke of it").isFalse();
    view.learn(quarantined(2), false);
    assertThat(view.quarantined(ACCOUNT)).as("found at the start").isTrue();
    view.learn(row(1), true);
    assertThat(view.quarantined(ACCOUNT)).as("a former owner does not take it back").isTrue();
    view.learn(row(3), true);
    assertThat(view.quarantined(ACCOUNT)).as("repaired").isFalse();
  }

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  private static AccountRow row(long version) {
    return row(version, null);
  }

  private static AccountRow quarantined(long version) {
    return row(version, true);
  }

  private static AccountRow row(long version, @Nullable Boolean quarantined) {
    return new AccountRow(
        "A",
        "A",
        "sim",
        true,
        TradingState.ACTIVE,
        "USD",
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        quarantined,
        Instant.EPOCH,
        List.of(version),
        null,
        null,
        null,
        null);
  }
}
