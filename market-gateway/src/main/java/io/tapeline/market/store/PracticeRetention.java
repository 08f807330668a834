package io.tapeline.market.store;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Lets a practice exchange forget orders that are long done, and their executions; what an account
 * holds by these is kept as a number. The newest order and execution stay, so that no id is given
 * twice.
 */
@ApplicationScoped
public class PracticeRetention {
  private static final String FORGET =
      """
      with gone as (
        delete from venue_sim.practice_order
         where venue = $1 and status not in ('NEW', 'PARTIALLY_FILLED')
           and at < now() - make_interval(days => $2)
           and order_no < (select max(order_no) from venue_sim.practice_order where venue = $1)
        returning account_id, cl_ord_id),
      ended as (
        delete from venue_sim.execution e using gone g
         where e.venue = $1 and e.account_id = g.account_id and e.cl_ord_id = g.cl_ord_id
           and e.execution_no < (select max(execution_no) from venue_sim.execution where venue = $1)
        returning e.account_id, e.symbol, e.kind, e.voided,
                  case e.side when 'BUY' then e.last_qty else -e.last_qty end as net)
      insert into venue_sim.held as h (venue, account_id, symbol, net)
      select $1, account_id, symbol, sum(net) from ended
       where kind <> 'BUST' and not voided group by account_id, symbol
      on conflict (venue, account_id, symbol) do update set net = h.net + excluded.net""";

  private final Transactions transactions;

  @Inject
  public PracticeRetention(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Forgets orders that have been done for so many days. */
  public void forgetOld(String venue, int days) {
    transactions.query(FORGET, Tuple.of(venue, days));
  }
}
