package io.tapeline.orders.domain;

import java.util.List;

/** The answer to a command: facts to be written, or a refusal (which is a fact too). */
public sealed interface Decision {
  List<OrderEvent> events();

  record Accepted(List<OrderEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Refused(Denial denial, List<OrderEvent> events) implements Decision {
    public Refused {
      events = List.copyOf(events);
    }
  }

  static Decision accepted(OrderEvent... events) {
    return new Accepted(List.of(events));
  }
}
