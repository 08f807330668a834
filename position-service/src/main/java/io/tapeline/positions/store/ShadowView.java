package io.tapeline.positions.store;

/** Rows of one kind, each a key and all it says, as both sides are read to be compared. */
public enum ShadowView {
  ACCOUNT(
      "account",
      """
      select 'seq' as key, jsonb_build_object('seq', seq, 'tradingState', trading_state, 'ruleState', rule_state) as body
      from %saccount_fold"""),
  WORKING_ORDER(
      "working order",
      """
      select o ->> 'clOrdId' as key, o as body from %saccount_fold cross join lateral jsonb_array_elements(orders) as o"""),
  POSITION(
      "position",
      """
      select symbol as key, (to_jsonb(p) - 'account_id') || jsonb_build_object('fees', trim_scale(fees),
        'reported_pnl', trim_scale(reported_pnl), 'tick_size', trim_scale(tick_size), 'tick_value', trim_scale(tick_value)) as body
      from %sposition p"""),
  FILL(
      "fill of seq",
      """
      select seq::text as key, (to_jsonb(f) - 'account_id') || jsonb_build_object('fee', trim_scale(fee),
        'reported_pnl', trim_scale(reported_pnl)) as body
      from %sfill f"""),
  /** But for how far prices went, which is no matter of the journal. */
  ROUND_TRIP(
      "round trip",
      """
      select trade_id as key, jsonb_build_object('seq', seq, 'voided', voided, 'exitSeq', exit_seq, 'tradingDay', trading_day,
        'pnl', trim_scale(pnl), 'strategy', strategy, 'body', body - 'mae' - 'mfe') as body
      from %strade"""),
  /**
   * As it was told, for nothing else on the tape says it; against the rows that are not still to be
   * told.
   */
  EXCURSION(
      "excursion of round trip",
      """
      select trade_id as key, jsonb_build_object('seq', seq, 'mae', body -> 'mae', 'mfe', body -> 'mfe') as body
      from told_trade t where exists (
        select from live_trade l where l.trade_id = t.trade_id
          and not exists (select from live_trade_telling g where l.seq between g.from_seq and g.seq))""",
      """
      select trade_id as key, jsonb_build_object('seq', seq, 'mae', body -> 'mae', 'mfe', body -> 'mfe') as body
      from live_trade l where not exists (select from live_trade_telling g where l.seq between g.from_seq and g.seq)"""),
  RISK_EVENT(
      "risk event",
      """
      select no::text as key, body from %srisk_event""");

  private final String title;
  private final String tape;
  private final String table;

  ShadowView(String title, String query) {
    this(title, query.formatted(""), query.formatted("live_"));
  }

  ShadowView(String title, String tape, String table) {
    this.title = title;
    this.tape = tape;
    this.table = table;
  }

  String title() {
    return title;
  }

  String counts() {
    return """
        select count(t.key), count(l.key),
               coalesce(sum(hashtextextended(t.key || ' ' || t.body::text, 0)), 0)::text,
               coalesce(sum(hashtextextended(l.key || ' ' || l.body::text, 0)), 0)::text,
               count(*) filter (where t.body is distinct from l.body)
        from (%s) t full join (%s) l on t.key = l.key"""
        .formatted(tape, table);
  }

  String examples(int most) {
    return """
        select coalesce(t.key, l.key), t.body::text, l.body::text
        from (%s) t full join (%s) l on t.key = l.key
        where t.body is distinct from l.body order by 1 limit %d"""
        .formatted(tape, table, most);
  }
}
