package io.tapeline.orders.domain;

/** Where an order came from: this desk, or found on the venue and adopted. */
public enum Origin {
  DESK,
  EXTERNAL
}
