package io.tapeline.orders.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record from a topic must have, whatever its JSON left out. */
final class Components {
  private static final ClassValue<List<RecordComponent>> REQUIRED =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(c -> !c.getType().isPrimitive())
              .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
              .peek(c -> c.getAccessor().setAccessible(true))
              .toList();
        }
      };

  private Components() {}

  /**
   * Checks a record and those inside it.
   *
   * @throws IllegalArgumentException naming the first component that is missing
   */
  static void check(Record record) {
    for (var component : REQUIRED.get(record.getClass())) {
      var value = value(record, component);
      if (value == null)
        throw new IllegalArgumentException(
            component.getName() + " of " + record.getClass().getSimpleName() + " is missing");
      check(component, value);
    }
  }

  private static void check(RecordComponent component, Object value) {
    if (value instanceof Record inner) check(inner);
    if (!(value instanceof List<?> list)) return;
    for (var item : list) {
      if (item == null)
        throw new IllegalArgumentException("an item of " + component.getName() + " is missing");
      if (item instanceof Record inner) check(inner);
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no way to read " + component, e);
    }
  }
}
