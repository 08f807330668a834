package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
  @Test
  void itHoldsWhatASortedMapHoldsWhateverIsPutAndRemoved() {
    var random = new Random(7);
    var map = PersistentMap.<Integer, String>empty();
    var model = new TreeMap<Integer, String>();
    for (var i = 0; i < 5_000; i++) {
      var key = random.nextInt(200);
      if (random.nextInt(3) > 0) {
        map = map.with(key, "v" + i);
        model.put(key, "v" + i);
      } else {
        map = map.without(key);
        model.remove(key);
      }
      assertThat(map.size()).isEqualTo(model.size());
      assertThat(map.get(key)).isEqualTo(model.get(key));
    }
    assertThat(map.values()).containsExactlyElementsOf(model.values());
  }

  @Test
  void theFirstOfThoseWantedIsTheOneWithTheSmallestKey() {
    var map = PersistentMap.<Integer, Integer>empty();
    for (var key : List.of(5, 1, 9, 3, 7)) map = map.with(key, key * 10);
    assertThat(map.first(value -> value > 30)).isEqualTo(50);
    assertThat(map.first(value -> value > 90)).isNull();
  }

  @Test
  void anOlderMapIsNotChangedByANewerOne() {
    var one = PersistentMap.<Integer, String>empty().with(1, "a");
    var two = one.with(2, "b").without(1);
    assertThat(one.values()).containsExactly("a");
    assertThat(two.values()).containsExactly("b");
  }

  @Test
  void theWayTheEntriesCameInDoesNotShow() {
    var keys = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7));
    var one = PersistentMap.<Integer, Integer>empty();
    for (var key : keys) one = one.with(key, key);
    var two = PersistentMap.<Integer, Integer>empty();
    for (var key : keys.reversed()) two = two.with(key, key);
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
  }
}
