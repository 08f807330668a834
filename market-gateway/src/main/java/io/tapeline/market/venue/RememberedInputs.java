package io.tapeline.market.venue;

import io.tapeline.market.replay.domain.ReplayInput;
import io.tapeline.market.venue.domain.PracticeMemory.Asked;
import io.tapeline.market.venue.domain.PracticeMemory.Input;
import java.util.List;

/** What was asked of a replay, to be asked again at the same records. */
final class RememberedInputs {
  private RememberedInputs() {}

  static List<ReplayInput> again(List<Input> inputs) {
    return inputs.stream().map(RememberedInputs::again).toList();
  }

  private static ReplayInput again(Input input) {
    return switch (input.asked()) {
      case Asked.Place(var order) -> new ReplayInput.Place(input.position(), input.at(), order);
      case Asked.Replace(var replace) ->
          new ReplayInput.Replace(input.position(), input.at(), replace);
      case Asked.Cancel(var cancel) -> new ReplayInput.Cancel(input.position(), input.at(), cancel);
    };
  }
}
