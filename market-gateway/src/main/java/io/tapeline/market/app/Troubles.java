package io.tapeline.market.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.VenueReport;

/** Counts what goes wrong between the desk and a venue: {@code tapeline.venue.troubles}. */
final class Troubles {
  private final MeterRegistry meters;

  Troubles(MeterRegistry meters) {
    this.meters = meters;
    // there as zero before it grows: from nothing to one would be no increase, and no alarm
    meters.counter("tapeline.venue.troubles", "what", VenueReport.InDoubt.class.getSimpleName());
  }

  void count(VenueReport report) {
    switch (report) {
      case VenueReport.Rejected _,
          VenueReport.CancelRejected _,
          VenueReport.ReplaceRejected _,
          VenueReport.NotSent _,
          VenueReport.InDoubt _,
          VenueReport.OrderUnknown _,
          VenueReport.Busted _,
          VenueReport.Corrected _ ->
          meters
              .counter("tapeline.venue.troubles", "what", report.getClass().getSimpleName())
              .increment();
      case VenueReport.Accepted _,
          VenueReport.Filled _,
          VenueReport.Canceled _,
          VenueReport.Replaced _,
          VenueReport.Triggered _,
          VenueReport.Expired _,
          VenueReport.OrderKnown _,
          VenueReport.ReconcileStarted _,
          VenueReport.ReconcileCompleted _ -> {}
    }
  }
}
