package io.tapeline.market.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SkewedReportsTest {
  private static final Instant AT = Instant.parse("2026-01-05T15:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(-90);

  /** One of each kind there is, every part of it different from the others. */
  static Stream<ExchangeEvent> oneOfEach() {
    return kinds(ExchangeEvent.class).map(SkewedReportsTest::made);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(SkewedReportsTest::kinds);
  }

  private static ExchangeEvent made(Class<?> kind) {
    var parts = kind.getRecordComponents();
    var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) values[i] = value(parts[i], i);
    try {
      var constructor = kind.getDeclaredConstructor(types);
      return (ExchangeEvent) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + kind, e);
    }
  }

  private static Object value(RecordComponent part, int i) {
    var type = part.getType();
    var account = new AccountId("A");
    if (type == AccountId.class) return account;
    if (type == ClOrdId.class) return new ClOrdId("c" + i);
    if (type == OrderId.class) return new OrderId("o" + i);
    if (type == ExecId.class) return new ExecId("e" + i);
    if (type == Symbol.class) return new Symbol("ESH6");
    if (type == Side.class) return Side.SELL;
    if (type == Qty.class) return new Qty(i + 1L);
    if (type == Price.class) return new Price(i + 1L);
    if (type == String.class) return "text " + i;
    if (type == long.class || type == Long.class) return i + 1L;
    if (type == Instant.class) return AT;
    if (type == NewOrder.class)
      return NewOrder.market(
          account, new ClOrdId("n"), new Symbol("ESH6"), Side.BUY, new Qty(i + 1L));
    throw new AssertionError("what is a " + part + "?");
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void aReportByAWrongClockIsTheSameButForItsTime(ExchangeEvent event) {
    var skewed = SkewedReports.skewed(event, SKEW);
    assertThat(skewed.venueTime()).isEqualTo(AT.minusSeconds(90));
    assertThat(skewed).hasSameClassAs(event);
    assertThat(SkewedReports.skewed(skewed, SKEW.negated())).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void aClockThatIsRightChangesNothing(ExchangeEvent event) {
    assertThat(SkewedReports.skewed(event, Duration.ZERO)).isSameAs(event);
  }
}
