package io.tapeline.positions.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tapeline.contract.PositionRow;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.app.Board.Publication;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Executions;
import io.tapeline.positions.domain.Quote;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.positions.domain.TapeLine.Fact;
import io.tapeline.service.TapelineConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final AccountId ALICE = new AccountId("ALICE");
  private static final Instrument ES =
      new Instrument(new Symbol("ESH4"), new BigDecimal("0.25"), Money.of("12.50", "USD"));

  private Instant now = Instant.parse("2024-01-10T18:00:00Z");
  private AccountFold fold = AccountFold.empty(ALICE);
  private Accounts accounts;
  private Marks marks;
  private Board board;

  @BeforeEach
  void anAccountWithOneLong() {
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(PositionsConfig.class)
            .withMapping(TapelineConfig.class)
            .withDefaultValue("positions.instance", "test")
            .withDefaultValue("tapeline.secret-file", "none")
            .withDefaultValue("tapeline.accounts.ALICE.venue", "sim")
            .build();
    var positions = config.getConfigMapping(PositionsConfig.class);
    InstantSource clock = () -> now;
    accounts = new Accounts(null, config.getConfigMapping(TapelineConfig.class));
    marks = new Marks(positions, new SimpleMeterRegistry());
    var tapeline = config.getConfigMapping(TapelineConfig.class);
    var standings = new Standings(accounts, marks, new VenueClocks(clock), clock);
    var programs = new RiskPrograms(tapeline, positions, accounts);
    board =
        new Board(
            accounts,
            marks,
            new Rows(accounts, marks, standings, programs, positions, clock),
            positions);
    quote("4800.00");
    line(new Fact.ContractNamed(ES));
    buy(1);
    due(0);
  }

  @Test
  void nothingNewIsNotSaid() {
    assertThat(due(50)).isEmpty();
  }

  @Test
  void aFillIsSaidAtOnce() {
    buy(1);

    assertThat(due(1))
        .extracting(Publication::topic)
        .containsExactly(Topics.POSITIONS, Topics.ACCOUNTS);
  }

  @Test
  void aMarkIsSaidAtMostEveryHundredMilliseconds() {
    quote("4801.00");

    assertThat(due(99)).isEmpty();
    assertThat(due(100)).extracting(Publication::key).containsExactly("ALICE|ESH4", "ALICE");
    quote("4802.00");
    assertThat(due(199)).isEmpty();
    assertThat(due(200)).hasSize(2);
  }

  @Test
  void aPriceThatNobodySaysAnyMoreIsSaidToBeStaleWithItsAge() {
    now = now.plusSeconds(15);
    assertThat(positions(due(15_000))).isEmpty();

    now = now.plusSeconds(1);
    var stale = positions(due(16_000));
    assertThat(stale).extracting(PositionRow::markStale).containsExactly(true);
    assertThat(stale).extracting(PositionRow::markAgeMillis).containsExactly(16_000L);
    assertThat(positions(due(17_000))).as("said once").isEmpty();

    quote("4800.00");
    assertThat(positions(due(18_000))).extracting(PositionRow::markStale).containsOnlyNulls();
  }

  private static List<PositionRow> positions(List<Publication> publications) {
    return publications.stream()
        .filter(publication -> publication.topic().equals(Topics.POSITIONS))
        .map(publication -> (PositionRow) publication.row())
        .toList();
  }

  @Test
  void anAccountIsSaidEverySecond() {
    assertThat(due(999)).isEmpty();
    assertThat(due(1_000)).extracting(Publication::topic).containsExactly(Topics.ACCOUNTS);
  }

  @Test
  void whatDidNotArriveIsSaidAgain() {
    buy(1);
    var said = due(1);
    said.forEach(board::unsay);

    assertThat(due(2)).hasSameSizeAs(said);
  }

  @Test
  void versionsGrowEvenWhenTheClockGoesBack() {
    quote("4801.00");
    var first = markNo(due(100));
    now = now.minusSeconds(60);
    quote("4802.00");

    assertThat(markNo(due(200))).isGreaterThan(first);
  }

  @Test
  void aFlatPositionDoesNotFollowTheMarket() {
    trade(Side.SELL, 1);
    assertThat(due(1)).isNotEmpty();
    quote("4900.00");

    assertThat(due(500)).isEmpty();
  }

  @Test
  void aPositionThatWasFlatForThirtyDaysIsSaidToBeNoMoreUntilItIsTradedAgain() {
    trade(Side.SELL, 1);
    due(1);
    now = now.plus(Duration.ofDays(31));
    quote("4900.00");
    assertThat(due(2_000))
        .filteredOn(said -> said.key().equals("ALICE|ESH4"))
        .singleElement()
        .extracting(Publication::row)
        .isNull();
    assertThat(due(4_000)).extracting(Publication::key).doesNotContain("ALICE|ESH4");

    buy(1);
    assertThat(due(4_001))
        .filteredOn(said -> said.key().equals("ALICE|ESH4"))
        .singleElement()
        .extracting(Publication::row)
        .isNotNull();
  }

  private static long markNo(List<Publication> publications) {
    return ((PositionRow) publications.getFirst().row()).version().get(1);
  }

  private List<Publication> due(long millis) {
    return board.due(List.of(ALICE), TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void buy(long lots) {
    trade(Side.BUY, lots);
  }

  private void trade(Side side, long lots) {
    line(
        new Fact.Executed(
            new ExecId("E" + fold.seq()),
            new ClOrdId("o"),
            ES.symbol(),
            side,
            new Qty(lots),
            new BigDecimal("4799.00"),
            null,
            null,
            null));
  }

  private void line(Fact fact) {
    fold =
        ((Advanced) fold.step(new TapeLine(fold.seq() + 1, now, now, fact, null), new Executions()))
            .after();
    accounts.advance(new AccountState(fold, Map.of(), null, RiskState.NONE, null));
  }

  private void quote(String last) {
    marks.accept(new Quote(ES.symbol(), null, null, new BigDecimal(last), now, now));
  }
}
