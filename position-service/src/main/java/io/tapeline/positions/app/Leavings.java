package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Topics;
import io.tapeline.positions.app.Board.Publication;
import io.tapeline.positions.store.FoldTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Rows of accounts that nobody has configured any more: on the tape they are said to be no more.
 */
@ApplicationScoped
public class Leavings {
  private final Accounts accounts;
  private final FoldTables tables;

  @Inject
  Leavings(Accounts accounts, FoldTables tables) {
    this.accounts = accounts;
    this.tables = tables;
  }

  /** What is to be written; a second time it changes nothing. */
  public Uni<List<Publication>> ends() {
    return tables
        .othersThan(accounts.configured().keySet())
        .map(
            left -> {
              var ends = new ArrayList<Publication>();
              var said = new HashSet<>();
              for (var held : left) {
                var id = held.accountId();
                if (said.add(id)) ends.add(new Publication(Topics.ACCOUNTS, id, id.value(), null));
                if (held.symbol() != null)
                  ends.add(
                      new Publication(
                          Topics.POSITIONS, id, id.value() + "|" + held.symbol(), null));
              }
              return ends;
            });
  }
}
