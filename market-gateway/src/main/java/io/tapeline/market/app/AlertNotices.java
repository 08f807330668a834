package io.tapeline.market.app;

import io.tapeline.contract.NoticeRow;
import io.tapeline.market.alert.domain.Alert;
import io.tapeline.market.alert.domain.AlertHistory;
import java.util.HashMap;
import java.util.Objects;

/** What a user is told when a price is reached. */
final class AlertNotices {
  private AlertNotices() {}

  /** Under an id of the alert's own: told again it is the same notice. */
  static NoticeRow notice(AlertHistory reached) {
    var alert = reached.alert();
    var trade = Objects.requireNonNull(reached.trade(), "only a trade reaches a price");
    var params = new HashMap<String, String>();
    params.put("alertId", alert.id().alertId());
    params.put("symbol", alert.symbol().value());
    params.put("px", alert.px().toPlainString());
    params.put("direction", alert.direction().name());
    params.put("tradeId", Long.toString(trade.tradeId()));
    params.put("tradePx", trade.px().toPlainString());
    params.put("tradeAt", trade.at().toString());
    if (alert.note() != null) params.put("note", alert.note());
    return new NoticeRow(
        "alert:" + alert.id().alertId(),
        NoticeRow.user(alert.id().user()),
        "WARNING",
        NoticeRow.PRICE_ALERT,
        text(alert, trade),
        params,
        Objects.requireNonNull(reached.endedAt()));
  }

  private static String text(Alert alert, AlertHistory.Trade trade) {
    var side = alert.direction() == Alert.Direction.ABOVE ? "above" : "below";
    var said =
        "%s traded at %s, at or %s %s"
            .formatted(
                alert.symbol(), trade.px().toPlainString(), side, alert.px().toPlainString());
    return alert.note() == null ? said : said + ": " + alert.note();
  }
}
