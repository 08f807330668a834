package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.NOON;
import static io.tapeline.positions.domain.MarkRule.EXIT;
import static io.tapeline.positions.domain.MarkRule.LAST;
import static io.tapeline.positions.domain.MarkRule.MID;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkRuleTest {
  @Test
  void theLastTradeMarksWhileItLiesInsideTheMarket() {
    assertThat(mark(LAST, "4800.00", "4800.50", "4800.25", 1)).isEqualTo("4800.25");
    assertThat(mark(LAST, "4800.00", "4800.50", "4790.00", 1)).isEqualTo("4800.00");
    assertThat(mark(LAST, "4800.00", "4800.50", "4810.00", 1)).isEqualTo("4800.50");
    assertThat(mark(LAST, null, "4800.50", "4790.00", 1)).isEqualTo("4790.00");
  }

  @Test
  void aCrossedMarketDoesNotMoveTheLastTrade() {
    assertThat(mark(LAST, "4801.00", "4800.00", "4800.50", 1)).isEqualTo("4800.50");
  }

  @Test
  void theMiddleMayLieBetweenTwoTicks() {
    assertThat(mark(MID, "4800.00", "4800.25", null, 1)).isEqualTo("4800.125");
    assertThat(mark(MID, "4800.00", "4800.50", null, 1)).isEqualTo("4800.25");
    assertThat(mark(MID, "4800.00", null, "4799.00", 1)).isEqualTo("4800.00");
  }

  @Test
  void theExitIsTheBidForLongsAndTheAskForShorts() {
    assertThat(mark(EXIT, "4800.00", "4800.50", "4800.25", 3)).isEqualTo("4800.00");
    assertThat(mark(EXIT, "4800.00", "4800.50", "4800.25", -3)).isEqualTo("4800.50");
    assertThat(mark(EXIT, null, "4800.50", "4800.25", 3)).isEqualTo("4800.25");
  }

  @Test
  void withoutATradeOrASideThereIsNoMark() {
    assertThat(LAST.mark(quote("4800.00", "4800.50", null), ES, 1)).isEmpty();
    assertThat(MID.mark(quote("4800.00", null, null), ES, 1)).isEmpty();
    assertThat(EXIT.mark(quote(null, "4800.50", null), ES, 1)).isEmpty();
  }

  private static String mark(
      MarkRule rule, @Nullable String bid, @Nullable String ask, @Nullable String last, long net) {
    return rule.mark(quote(bid, ask, last), ES, net).orElseThrow().px(ES).toPlainString();
  }

  private static Quote quote(@Nullable String bid, @Nullable String ask, @Nullable String last) {
    return new Quote(ES.symbol(), decimal(bid), decimal(ask), decimal(last), NOON, NOON);
  }

  private static @Nullable BigDecimal decimal(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
