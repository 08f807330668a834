package io.tapeline.orders.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map whose changes make a new map and share the rest, so that tentative state costs what it
 * changes and not what it holds. A treap whose priorities come from the key: the same entries have
 * the same shape, whatever way they came in.
 */
public final class PersistentMap<K extends Comparable<K>, V> {
  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

  private final @Nullable Node<K, V> root;
  private final int size;

  private PersistentMap(@Nullable Node<K, V> root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked")
  public static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
    return (PersistentMap<K, V>) EMPTY;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public @Nullable V get(K key) {
    var node = root;
    while (node != null) {
      var side = key.compareTo(node.key);
      if (side == 0) return node.value;
      node = side < 0 ? node.left : node.right;
    }
    return null;
  }

  public boolean contains(K key) {
    return get(key) != null;
  }

  public PersistentMap<K, V> with(K key, V value) {
    return new PersistentMap<>(put(root, key, value), contains(key) ? size : size + 1);
  }

  public PersistentMap<K, V> without(K key) {
    return contains(key) ? new PersistentMap<>(remove(root, key), size - 1) : this;
  }

  /** In the order of the keys. */
  public void forEach(BiConsumer<? super K, ? super V> action) {
    forEach(root, action);
  }

  /** In the order of their keys. */
  public List<V> values() {
    var values = new ArrayList<V>(size);
    forEach((_, value) -> values.add(value));
    return values;
  }

  /** The first of them, in the order of their keys; null: none is like that. */
  public @Nullable V first(Predicate<? super V> wanted) {
    return first(root, wanted);
  }

  private static <K extends Comparable<K>, V> @Nullable V first(
      @Nullable Node<K, V> node, Predicate<? super V> wanted) {
    if (node == null) return null;
    var before = first(node.left, wanted);
    if (before != null) return before;
    return wanted.test(node.value) ? node.value : first(node.right, wanted);
  }

  private static <K extends Comparable<K>, V> void forEach(
      @Nullable Node<K, V> node, BiConsumer<? super K, ? super V> action) {
    if (node == null) return;
    forEach(node.left, action);
    action.accept(node.key, node.value);
    forEach(node.right, action);
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) return new Node<>(key, value);
    var side = key.compareTo(node.key);
    if (side == 0) return node.with(value);
    if (side < 0) {
      var left = put(node.left, key, value);
      return left.outranks(node)
          ? left.with(left.left, node.with(left.right, node.right))
          : node.with(left, node.right);
    }
    var right = put(node.right, key, value);
    return right.outranks(node)
        ? right.with(node.with(node.left, right.left), right.right)
        : node.with(node.left, right);
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) return null;
    var side = key.compareTo(node.key);
    if (side < 0) return node.with(remove(node.left, key), node.right);
    if (side > 0) return node.with(node.left, remove(node.right, key));
    return join(node.left, node.right);
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> join(
      @Nullable Node<K, V> low, @Nullable Node<K, V> high) {
    if (low == null) return high;
    if (high == null) return low;
    return low.outranks(high)
        ? low.with(low.left, join(low.right, high))
        : high.with(join(low, high.left), high.right);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PersistentMap<?, ?> map
        && size == map.size
        && toString().equals(map.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(size, values());
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    forEach((key, value) -> text.append(key).append('=').append(value).append(';'));
    return text.append('}').toString();
  }

  private static final class Node<K extends Comparable<K>, V> {
    final K key;
    final V value;
    final int priority;
    final @Nullable Node<K, V> left;
    final @Nullable Node<K, V> right;

    Node(K key, V value) {
      this(key, value, mixed(key.hashCode()), null, null);
    }

    private Node(
        K key, V value, int priority, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.priority = priority;
      this.left = left;
      this.right = right;
    }

    Node<K, V> with(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
      return new Node<>(key, value, priority, newLeft, newRight);
    }

    Node<K, V> with(V newValue) {
      return new Node<>(key, newValue, priority, left, right);
    }

    boolean outranks(Node<K, V> other) {
      return priority != other.priority ? priority > other.priority : key.compareTo(other.key) < 0;
    }

    /** The finaliser of MurmurHash3: neighbours in, strangers out. */
    private static int mixed(int hash) {
      var h = hash;
      h = (h ^ (h >>> 16)) * 0x85ebca6b;
      h = (h ^ (h >>> 13)) * 0xc2b2ae35;
      return h ^ (h >>> 16);
    }
  }
}
