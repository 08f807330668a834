package io.tapeline.market.book.domain;

/** Why a record could not be used. Such records are counted, never dropped in silence. */
public enum Unusable {
  NO_SYMBOL("its instrument id has no contract code"),
  UNKNOWN_INSTRUMENT("its contract is not in the catalogue"),
  SUPERSEDED("a recording that shows more of the same contract is played too"),
  OFF_TICK("its price is no whole number of ticks"),
  NO_PRICE("it has no price"),
  NO_SIZE("it has no size"),
  NO_SIDE("an order on neither side"),
  UNKNOWN_ACTION("its action is not known"),
  UNKNOWN_ORDER("it speaks of an order that is not in the book"),
  KNOWN_ORDER("it adds an order that is in the book already"),
  WRONG_SIDE("it speaks of an order that is on the other side of the book"),
  TOO_MUCH_CANCELED("it takes more from an order than rests of it");

  private final String text;

  Unusable(String text) {
    this.text = text;
  }

  /** For people: "n records were not used: text". */
  public String text() {
    return text;
  }
}
