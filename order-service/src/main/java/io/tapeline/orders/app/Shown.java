package io.tapeline.orders.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tapeline.contract.OrderRow;

/**
 * An order as everyone sees it, put into words once for all that holds it: the journal, the table
 * and the answer.
 *
 * @param json of the row
 */
public record Shown(OrderRow row, @JsonValue @JsonRawValue String json) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Shown of(OrderRow row) {
    return new Shown(row, TapeRecords.text(row));
  }
}
