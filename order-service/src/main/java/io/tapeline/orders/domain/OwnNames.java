package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;

/** Names for the orders that this desk makes by itself: one that a person took is passed over. */
final class OwnNames {
  private OwnNames() {}

  /**
   * @param word what it is for
   * @param seq the event that makes it: no other of the account has that number
   */
  static ClOrdId of(AccountState account, String word, long seq) {
    var name = new ClOrdId(word + "." + seq);
    for (var n = 2; account.order(name) != null; n++)
      name = new ClOrdId(word + "." + seq + "-" + n);
    return name;
  }
}
