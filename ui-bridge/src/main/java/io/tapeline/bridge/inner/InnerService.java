package io.tapeline.bridge.inner;

/** The services behind the bridge. */
public enum InnerService {
  ORDERS("order-service"),
  POSITIONS("position-service"),
  MARKET("market-gateway");

  private final String label;

  InnerService(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
