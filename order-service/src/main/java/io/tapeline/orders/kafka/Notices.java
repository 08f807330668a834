package io.tapeline.orders.kafka;

import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.model.OrdStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of the journal a person should be told. Derived from the line alone, so that it is told
 * again, under the same id, whenever the line is.
 */
final class Notices {
  private Notices() {}

  /** Dropped because the order is as was asked for: nobody misses anything. */
  private static final String BACK_AGAIN = "AS_IT_IS";

  /** How commands are named that a bridge gave because its user was no longer there. */
  private static final String ON_DISCONNECT = "cancel-on-disconnect.";

  private static final List<String> TYPES =
      List.of(
          "\"OrderFilled\"",
          "\"RequestInDoubt\"",
          "\"OrderAdopted\"",
          "\"FillBusted\"",
          "\"FillCorrected\"",
          "\"ReplaceDropped\"",
          "\"TradingStateChanged\"",
          "\"OcoOverfilled\"",
          "\"FlattenEnded\"",
          "\"RiskLocked\"",
          "\"OrderRejected\"",
          "\"OrderExpired\"");

  /** Spares most lines from being read. */
  static boolean mayConcern(String body) {
    for (var type : TYPES) if (body.contains(type)) return true;
    return body.contains(ON_DISCONNECT);
  }

  static @Nullable NoticeRow of(OrderEventRecord line) {
    var order = line.order();
    return switch (line.event()) {
      case TapeEvent.OrderFilled fill when order != null && order.cumQty() > order.orderQty() ->
          "DESK".equals(order.origin())
              ? notice(
                  line,
                  "CRITICAL",
                  "OVERFILL",
                  "Order %s was filled %d of %d: the venue executed more than was ordered."
                      .formatted(fill.clOrdId(), order.cumQty(), order.orderQty()),
                  fill.clOrdId())
              : null;
      case TapeEvent.OrderFilled fill when order != null && endedOtherwise(order.ordStatus()) ->
          notice(
              line,
              order.ordStatus() == OrdStatus.CANCELED ? "WARNING" : "CRITICAL",
              "LATE_FILL",
              "Order %s was filled although it was %s."
                  .formatted(fill.clOrdId(), order.ordStatus()),
              fill.clOrdId());
      case TapeEvent.RequestInDoubt doubt ->
          notice(
              line,
              "WARNING",
              "IN_DOUBT",
              "It is not known whether the venue has the %s of order %s; it is being asked."
                  .formatted(doubt.kind(), doubt.clOrdId()),
              doubt.clOrdId());
      case TapeEvent.OrderAdopted adopted ->
          notice(
              line,
              "WARNING",
              "ORDER_ADOPTED",
              "Order %s was placed elsewhere and found on the venue.".formatted(adopted.clOrdId()),
              adopted.clOrdId());
      case TapeEvent.FillBusted bust ->
          notice(
              line,
              "CRITICAL",
              "FILL_BUSTED",
              "The venue took back an execution of order %s: %d at %s."
                  .formatted(bust.clOrdId(), bust.lastQty(), bust.lastPx().toPlainString()),
              bust.clOrdId());
      case TapeEvent.FillCorrected now ->
          notice(
              line,
              "CRITICAL",
              "FILL_CORRECTED",
              "The venue corrected an execution of order %s: %d at %s is %d at %s now."
                  .formatted(
                      now.clOrdId(),
                      now.oldQty(),
                      now.oldPx().toPlainString(),
                      now.newQty(),
                      now.newPx().toPlainString()),
              now.clOrdId());
      case TapeEvent.ReplaceDropped dropped when !dropped.reason().equals(BACK_AGAIN) ->
          notice(
              line,
              "WARNING",
              "CHANGE_NOT_SENT",
              "A change of order %s was not sent (%s); it stands as it was."
                  .formatted(dropped.clOrdId(), dropped.reason()),
              dropped.clOrdId());
      case TapeEvent.TradingStateChanged changed ->
          new NoticeRow(
              "orders-" + line.accountId() + "-" + line.seq(),
              line.accountId(),
              "WARNING",
              "TRADING_STATE",
              "%s set trading to %s.".formatted(changed.by(), changed.state()),
              Map.of("state", changed.state().name(), "reason", changed.reason()),
              line.at());
      case TapeEvent.RiskLocked locked ->
          new NoticeRow(
              "orders-" + line.accountId() + "-" + line.seq(),
              line.accountId(),
              "CRITICAL",
              "RISK_LOCKED",
              "The rule %s allows no new risk: %s.".formatted(locked.rule(), locked.reason()),
              Map.of("lockId", locked.lockId(), "tier", locked.tier()),
              line.at());
      case TapeEvent.OcoOverfilled both ->
          notice(
              line,
              "CRITICAL",
              "OCO_OVERFILLED",
              both.restoreClOrdId() == null
                  ? "Siblings of %s executed %d lots more than was meant; nothing was ordered back."
                      .formatted(both.group(), both.excess())
                  : "Siblings of %s executed %d lots more than was meant; order %s takes %d back."
                      .formatted(
                          both.group(), both.excess(), both.restoreClOrdId(), both.restoreQty()),
              both.group());
      case TapeEvent.FlattenEnded flatten when flatten.outcome().equals("FAILED") ->
          notice(
              line,
              "CRITICAL",
              "FLATTEN_FAILED",
              "The account could not be made flat; it stays locked until somebody has looked.",
              flatten.commandId());
      case TapeEvent.CancelRequested asked when isOnDisconnect(asked.commandId()) ->
          disconnected(line, asked.commandId(), asked.by());
      case TapeEvent.OrderCanceled gone when isOnDisconnect(gone.commandId()) ->
          disconnected(line, gone.commandId(), gone.by());
      case TapeEvent.OrderRejected lost when protects(order) -> unprotected(line, lost.clOrdId());
      case TapeEvent.OrderExpired lost when protects(order) -> unprotected(line, lost.clOrdId());
      case TapeEvent.BracketAttached _,
          TapeEvent.FlattenStarted _,
          TapeEvent.FlattenStep _,
          TapeEvent.FlattenEnded _,
          TapeEvent.OrderFilled _,
          TapeEvent.ReplaceDropped _,
          TapeEvent.OrderHeld _,
          TapeEvent.OrderReleased _,
          TapeEvent.ReplaceRequested _,
          TapeEvent.OrderReplaced _,
          TapeEvent.ReplaceQueued _,
          TapeEvent.ReplaceRejected _,
          TapeEvent.OrderTriggered _,
          TapeEvent.OrderSubmitted _,
          TapeEvent.RequestDenied _,
          TapeEvent.CancelRequested _,
          TapeEvent.OrderAccepted _,
          TapeEvent.OrderRejected _,
          TapeEvent.OrderCanceled _,
          TapeEvent.CancelRejected _,
          TapeEvent.OrderExpired _,
          TapeEvent.RequestUnknownToVenue _,
          TapeEvent.DoubtResolved _,
          TapeEvent.RevisionNoted _,
          TapeEvent.RiskUnlocked _,
          TapeEvent.ReconciliationStarted _,
          TapeEvent.ReconciliationCompleted _ ->
          null;
    };
  }

  private static boolean isOnDisconnect(@Nullable String commandId) {
    return commandId != null && commandId.startsWith(ON_DISCONNECT);
  }

  /** One for all orders of the command: it is one occurrence. */
  private static NoticeRow disconnected(
      OrderEventRecord line, @Nullable String command, @Nullable String by) {
    var commandId = Objects.requireNonNull(command, "it was looked at");
    var since = commandId.substring(ON_DISCONNECT.length());
    return new NoticeRow(
        "orders-" + line.accountId() + "-" + commandId,
        line.accountId(),
        "WARNING",
        "CANCELED_ON_DISCONNECT",
        "The working orders were canceled: %s was not connected since %s.".formatted(by, since),
        Map.of("commandId", commandId, "since", since),
        line.at());
  }

  private static boolean protects(io.tapeline.contract.@Nullable OrderRow order) {
    return order != null && order.role().equals("STOP_LOSS");
  }

  private static NoticeRow unprotected(OrderEventRecord line, String clOrdId) {
    return notice(
        line,
        "CRITICAL",
        "STOP_LOST",
        "Stop-loss %s left the venue without protecting anything; another one takes its place here."
            .formatted(clOrdId),
        clOrdId);
  }

  static NoticeRow quarantined(String account, String id, String reason, Instant at) {
    return new NoticeRow(
        id,
        account,
        "CRITICAL",
        "ACCOUNT_QUARANTINED",
        "A report of the venue could not be booked and was parked; only cancel and reduce are taken.",
        Map.of("reason", reason),
        at);
  }

  private static boolean endedOtherwise(OrdStatus status) {
    return status == OrdStatus.CANCELED
        || status == OrdStatus.REJECTED
        || status == OrdStatus.EXPIRED
        || status == OrdStatus.DENIED;
  }

  private static NoticeRow notice(
      OrderEventRecord line, String severity, String code, String text, String clOrdId) {
    return new NoticeRow(
        "orders-" + line.accountId() + "-" + line.seq(),
        line.accountId(),
        severity,
        code,
        text,
        Map.of("clOrdId", clOrdId),
        line.at());
  }
}
