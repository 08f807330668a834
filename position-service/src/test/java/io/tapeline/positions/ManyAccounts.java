package io.tapeline.positions;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.tapeline.service.AccountPartition;
import java.util.HashMap;
import java.util.Map;

/** The accounts of all tests on the whole service: one application serves them all. */
public class ManyAccounts implements QuarkusTestProfile {
  private static final String[] IDS = {
    "ROUND",
    "REPEAT",
    "GAP",
    "HOLE",
    "POISON",
    "UNKNOWN_TYPE",
    "TWICE",
    "KEPT_OUT",
    "TAKEN",
    "HURRIED",
    "RETOLD",
    "MADE_BY_AN_OLDER",
    "RESTORED",
    "FORGOTTEN",
    "STALE",
    "STORM",
    "IDLE",
    "DAY",
    "VERIFY",
    "REVERSED",
    "REVERSED_UNKNOWN",
    "REVERSED_STORM",
    "TRADES",
    "EVIDENCE",
    "PAGES",
    "RISK_TICK",
    "RISK_HOURS",
    "RISK_ASK",
    "STATE",
    "STOPS",
    "DROPPED",
    "AS_OF",
    "REPAIR",
    "TAMPERED",
    "MENDED",
    "DRIFT",
    "PAID_OUT",
    "STARTED_OVER",
    "BENCH",
    "BENCH_LIVE"
  };

  @Override
  public Map<String, String> getConfigOverrides() {
    var config = new HashMap<String, String>();
    for (var id : IDS) config.put("tapeline.accounts.\"" + id + "\".venue", "sim");
    // in the same partition as POISON: what happens to one must not concern the other
    config.put("tapeline.accounts.\"" + neighbourOf("POISON") + "\".venue", "sim");
    config.put("tapeline.accounts.\"ROUND\".start-balance", "1000");
    config.put("tapeline.accounts.\"ROUND\".name", "Round trip");
    for (var id : new String[] {"RISK_TICK", "RISK_HOURS", "RISK_ASK", "STARTED_OVER"})
      config.put("tapeline.accounts.\"" + id + "\".risk-program", "eval-50k");
    config.put("positions.checkpoint-lines", "50");
    config.put("positions.curve-interval", "1s");
    // what is short for a desk is long here, so that reading ahead is tried too
    config.put("positions.long-batch", "4");
    config.put("positions.retell", "1s");
    // a clock of its own, which no other test sets
    config.put("tapeline.accounts.\"RISK_HOURS\".venue", "clocked");
    return config;
  }

  static String neighbourOf(String account) {
    for (int i = 0; ; i++) {
      var candidate = "NEIGHBOUR-" + i;
      if (AccountPartition.of(candidate) == AccountPartition.of(account)) return candidate;
    }
  }
}
