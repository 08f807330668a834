package io.tapeline.positions.domain;

/** What a rule limits, and the denial that new risk is answered with beyond it. */
public enum RiskKind {
  DAILY_LOSS("DAILY_LOSS_LIMIT", "MONEY", false),
  DRAWDOWN("DRAWDOWN_LIMIT", "MONEY", false),
  MAX_CONTRACTS("MAX_POSITION", "LOTS", true),
  TRADE_COUNT("TRADE_COUNT_LIMIT", "TRADES", false),
  HOURS("OUTSIDE_HOURS", "SECONDS", true),
  /** Only ever warns, so that its denial is never given. */
  CONSISTENCY("RISK_LOCK", "PERCENT", true);

  private final String denial;
  private final String unit;
  private final boolean comesBack;

  RiskKind(String denial, String unit, boolean comesBack) {
    this.denial = denial;
    this.unit = unit;
    this.comesBack = comesBack;
  }

  public String denial() {
    return denial;
  }

  public String unit() {
    return unit;
  }

  /** Whether its tiers end as soon as the limit is kept again; others hold for the trading day. */
  boolean comesBack() {
    return comesBack;
  }

  static RiskKind of(RiskRule rule) {
    return switch (rule) {
      case RiskRule.DailyLoss _ -> DAILY_LOSS;
      case RiskRule.Drawdown _ -> DRAWDOWN;
      case RiskRule.MaxContracts _ -> MAX_CONTRACTS;
      case RiskRule.TradeCount _ -> TRADE_COUNT;
      case RiskRule.Hours _ -> HOURS;
      case RiskRule.Consistency _ -> CONSISTENCY;
    };
  }
}
