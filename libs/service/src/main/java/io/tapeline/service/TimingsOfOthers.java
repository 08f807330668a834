package io.tapeline.service;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Made by a service that speaks for others too: their timings are told with its own. */
public interface TimingsOfOthers {
  /**
   * @param items of those that answered
   * @param calls they counted
   * @param missing the services that did not
   */
  record Told(List<TimingRow> items, List<CallsRow> calls, List<String> missing) {}

  Uni<Told> all();

  /**
   * Has them forget what they recorded.
   *
   * @param user in whose name, who must be an admin
   * @return the services that did not hear it
   */
  Uni<List<String>> reset(String user);
}
