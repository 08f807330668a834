package io.tapeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @Test
  void aQuantityIsNeverNegative() {
    assertThatThrownBy(() -> new Qty(-1)).hasMessage("negative quantity: -1");
    assertThat(new Qty(2).minusUpTo(new Qty(5))).isEqualTo(Qty.ZERO);
  }

  @Test
  void theSideSignsTheQuantity() {
    assertThat(Side.BUY.signed(new Qty(3))).isEqualTo(3);
    assertThat(Side.SELL.signed(new Qty(3))).isEqualTo(-3);
  }

  @Test
  void aBuyLimitedTo100MayTradeAt100OrBelow() {
    assertThat(Side.BUY.reaches(new Price(100), new Price(100))).isTrue();
    assertThat(Side.BUY.reaches(new Price(100), new Price(101))).isFalse();
    assertThat(Side.SELL.reaches(new Price(100), new Price(99))).isFalse();
  }

  @Test
  void theHighestBidAndTheLowestOfferTradeFirst() {
    assertThat(Side.BUY.ranksBefore(new Price(101), new Price(100))).isTrue();
    assertThat(Side.SELL.ranksBefore(new Price(100), new Price(101))).isTrue();
    assertThat(Side.SELL.ranksBefore(new Price(100), new Price(100))).isFalse();
  }

  @Test
  void theRootOfAContractIsWhatStandsBeforeMonthAndYear() {
    assertThat(new Symbol("ESH4").root()).isEqualTo("ES");
    assertThat(new Symbol("6EZ5").root()).isEqualTo("6E");
    assertThat(new Symbol("M2KM6").root()).isEqualTo("M2K");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "has space", "umläut", "x/y", "0123456789012345678901234567890123456"})
  void aClOrdIdOutsideItsRuleIsRefused(String value) {
    assertThatThrownBy(() -> new ClOrdId(value)).hasMessage("not a ClOrdID: " + value);
  }

  /** The rules as they are read out, against the ones that are written out. */
  @Test
  void idsAreAllowedByTheirRulesAndByNothingElse() {
    var random = new Random(20_261_123);
    var edges = "AZazHM09._-!~ /:@[`{\u007f\u00e9\n";
    Map<Pattern, Function<String, Object>> rules =
        Map.of(
            Pattern.compile("[A-Za-z0-9_-]{1,36}"), AccountId::new,
            Pattern.compile("[A-Za-z0-9._-]{1,36}"), ClOrdId::new,
            Pattern.compile("[!-~]{1,64}"), ExecId::new,
            Pattern.compile("[\\x21-\\x7e]{1,64}"), OrderId::new,
            Pattern.compile("[A-Z0-9]{1,4}[FGHJKMNQUVXZ][0-9]"), Symbol::new);
    for (int i = 0; i < 20_000; i++) {
      // short ones of few characters, so that many are allowed, and those about as long as allowed
      int most = i % 2 == 0 ? 7 : 66;
      int kinds = 2 + random.nextInt(edges.length() - 1);
      var text = new StringBuilder();
      for (int length = random.nextInt(most + 1); length > 0; length--)
        text.append(edges.charAt(random.nextInt(kinds)));
      var value = text.toString();
      rules.forEach(
          (rule, make) ->
              assertThat(isMade(make, value)).as(value).isEqualTo(rule.matcher(value).matches()));
    }
  }

  private static boolean isMade(Function<String, Object> make, String value) {
    try {
      var _ = make.apply(value);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
