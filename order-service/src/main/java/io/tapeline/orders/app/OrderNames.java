package io.tapeline.orders.app;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import io.tapeline.orders.domain.ExternalIds;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.VenueFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which orders a command speaks of, so that they can be brought into memory before it. */
final class OrderNames {
  private OrderNames() {}

  static List<ClOrdId> of(OrderCommand command) {
    return switch (command) {
      case OrderCommand.PlaceOrder _,
          OrderCommand.CancelAll _,
          OrderCommand.SetTradingState _,
          OrderCommand.OfPosition _,
          OrderCommand.Outside _,
          OrderCommand.NoteRateDenials _ ->
          List.of();
      case OrderCommand.ReplaceOrder replace -> List.of(replace.clOrdId());
      case OrderCommand.CancelOrder cancel -> List.of(cancel.clOrdId());
      case OrderCommand.ResolveDoubt resolve -> List.of(resolve.clOrdId());
      case OrderCommand.BookReport report -> of(report.fact());
    };
  }

  private static List<ClOrdId> of(VenueFact fact) {
    return switch (fact) {
      case VenueFact.Accepted f -> List.of(f.clOrdId());
      case VenueFact.Rejected f -> List.of(f.clOrdId());
      case VenueFact.Filled f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.Canceled f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.CancelRejected f -> List.of(f.clOrdId());
      case VenueFact.Replaced f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.ReplaceRejected f -> List.of(f.clOrdId());
      case VenueFact.Triggered f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.Busted f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.Corrected f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.Expired f -> List.of(f.clOrdId());
      case VenueFact.NotSent f -> List.of(f.clOrdId());
      case VenueFact.InDoubt f -> List.of(f.clOrdId());
      case VenueFact.OrderKnown f -> either(f.clOrdId(), f.venueOrderId());
      case VenueFact.OrderUnknown f -> List.of(f.clOrdId());
      case VenueFact.ReconcileStarted _, VenueFact.ReconcileCompleted _ -> List.of();
    };
  }

  private static List<ClOrdId> either(@Nullable ClOrdId clOrdId, OrderId venueOrderId) {
    var external = ExternalIds.of(venueOrderId);
    return clOrdId == null ? List.of(external) : List.of(clOrdId, external);
  }
}
