package io.tapeline.market.alert.domain;

/** Why no alert was set. The table in docs/market-data.md has these and no others. */
public enum AlertRefusal {
  UNKNOWN_SYMBOL(422, "There is no such contract, or it has expired."),
  OFF_TICK(422, "The price is no whole number of ticks."),
  NO_LAST_PRICE(
      422, "Nothing has traded yet, so there is no side to come from: say ABOVE or BELOW."),
  ALREADY_THERE(422, "The last trade was at this price: say ABOVE or BELOW."),
  TOO_MANY_ALERTS(422, "That many alerts of one user wait already."),
  DUPLICATE_ALERT_ID(409, "The id was used before, for something else."),
  UNKNOWN_ALERT(404, "You have no such alert."),
  VENUE_DOWN(503, "The venue is not open here; ask again.");

  private final int status;
  private final String text;

  AlertRefusal(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  public String text() {
    return text;
  }
}
