package io.tapeline.model;

/** How long an order lives (FIX TimeInForce, tag 59). */
public enum TimeInForce {
  DAY,
  GTC,
  IOC,
  FOK,
  GTD
}
