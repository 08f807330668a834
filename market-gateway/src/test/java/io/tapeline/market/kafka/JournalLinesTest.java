package io.tapeline.market.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.intake.domain.JournalLine.Content;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JournalLinesTest {
  private static final AccountId A = new AccountId("A");
  private static final Instant SEND_BY = Instant.parse("2026-01-05T15:00:05Z");
  private static final RequestId SECOND = new RequestId(A, new ClOrdId("o1"), 2);

  @Test
  void aReleasedOrderIsToBePlacedOnTheTermsOfItsRelease() throws Exception {
    assertThat(content(released("5000.25")))
        .isInstanceOfSatisfying(
            Content.Send.class,
            send ->
                assertThat(send.request())
                    .isEqualTo(new VenueRequest.Place(SECOND, stopLimit(), SEND_BY)));
  }

  @Test
  void aRequestedReplaceIsToBeSentWithAllItsTerms() throws Exception {
    assertThat(content(replace("5000.25")))
        .isInstanceOfSatisfying(
            Content.Send.class,
            send ->
                assertThat(send.request())
                    .isEqualTo(new VenueRequest.Replace(SECOND, stopLimit(), SEND_BY)));
  }

  @Test
  void whatIsOffTickCannotBeSent() throws Exception {
    assertThat(content(replace("5000.20")))
        .isEqualTo(new Content.Unsendable(SECOND, RequestKind.REPLACE, "OFF_TICK"));
    assertThat(content(released("5000.20")))
        .isEqualTo(new Content.Unsendable(SECOND, RequestKind.NEW, "OFF_TICK"));
  }

  private static Content content(TapeEvent event) throws JsonProcessingException {
    var line = new OrderEventRecord("A", 1, 1, Instant.EPOCH, Instant.EPOCH, event, null);
    return JournalLines.read(A, Json.MAPPER.writeValueAsBytes(line)).content();
  }

  private static NewOrder stopLimit() {
    return new NewOrder(
        A,
        new ClOrdId("o1"),
        new Symbol("ESH4"),
        Side.SELL,
        OrdType.STOP_LIMIT,
        TimeInForce.GTD,
        new Qty(3),
        new Price(20_001),
        new Price(20_004),
        7L,
        SEND_BY,
        null);
  }

  private static TapeEvent released(String price) {
    return new TapeEvent.OrderReleased(
        "o1",
        2,
        "ESH4",
        Side.SELL,
        OrdType.STOP_LIMIT,
        TimeInForce.GTD,
        3,
        new BigDecimal(price),
        new BigDecimal("5001"),
        7L,
        SEND_BY,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        SEND_BY,
        "TRIGGERED");
  }

  private static TapeEvent replace(String price) {
    return new TapeEvent.ReplaceRequested(
        "o1",
        2,
        "ESH4",
        Side.SELL,
        OrdType.STOP_LIMIT,
        TimeInForce.GTD,
        3,
        new BigDecimal(price),
        new BigDecimal("5001"),
        7L,
        SEND_BY,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        SEND_BY,
        null,
        "c1",
        "ann");
  }
}
