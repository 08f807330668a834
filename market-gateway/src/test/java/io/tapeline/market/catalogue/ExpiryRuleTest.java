package io.tapeline.market.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Last trading days as the exchanges had them, where they are past. */
class ExpiryRuleTest {
  @ParameterizedTest(name = "{0} of {1} ends on {2}: {3}")
  @CsvSource({
    "THIRD_FRIDAY, 2024-03, 2024-03-15, plain",
    "THIRD_FRIDAY, 2026-12, 2026-12-18, plain",
    "THIRD_FRIDAY, 2026-06, 2026-06-18, the third Friday is Juneteenth",
    "THIRD_FRIDAY, 2008-03, 2008-03-20, the third Friday was Good Friday",
    "SECOND_BUSINESS_DAY_BEFORE_THIRD_WEDNESDAY, 2026-12, 2026-12-14, plain",
    "THIRD_LAST_BUSINESS_DAY, 2024-02, 2024-02-27, plain",
    "THIRD_LAST_BUSINESS_DAY, 2026-12, 2026-12-29, plain",
    "TREASURY, 2024-03, 2024-03-19, the last Friday was Good Friday",
    "TREASURY, 2026-12, 2026-12-21, over Christmas",
    "CRUDE_OIL, 2020-05, 2020-04-21, the 25th was a Saturday; it settled at -37.63 a day before",
    "CRUDE_OIL, 2024-02, 2024-01-22, plain",
    "CRUDE_OIL, 2026-01, 2025-12-19, the 25th was Christmas",
    "MICRO_CRUDE_OIL, 2024-02, 2024-01-19, a business day earlier",
  })
  void lastTradingDays(ExpiryRule rule, YearMonth month, LocalDate lastDay, String why) {
    assertThat(rule.lastDay(month)).as(why).isEqualTo(lastDay);
  }
}
