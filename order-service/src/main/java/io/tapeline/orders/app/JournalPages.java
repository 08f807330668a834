package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.orders.store.AccountJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The journal as the relay reads it, when memory does not hold what is to be published. */
@ApplicationScoped
public class JournalPages {
  private final AccountJournal journal;

  @Inject
  JournalPages(AccountJournal journal) {
    this.journal = journal;
  }

  public Uni<List<Tape.Line>> after(AccountId account, long seq, int limit) {
    return journal
        .after(account, seq, limit)
        .map(page -> page.stream().map(s -> new Tape.Line(s.seq(), s.body())).toList());
  }
}
