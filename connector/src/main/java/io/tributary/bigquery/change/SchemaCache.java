package io.tributary.bigquery.change;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * Remembers what was worked out for a schema. Found by identity first, because a converter hands
 * out the same object again and comparing schemas is deep; structurally equal schemas share one
 * value. Bounded: it starts over when full. For a single thread.
 */
public final class SchemaCache<V> {
  private final IdentityHashMap<Schema, V> byIdentity = new IdentityHashMap<>();
  private final Map<Schema, V> byStructure = new HashMap<>();
  private final Function<Schema, V> compute;
  private final int capacity;
  private Schema lastSchema;
  private V lastValue;

  public SchemaCache(int capacity, Function<Schema, V> compute) {
    this.capacity = capacity;
    this.compute = compute;
  }

  @SuppressWarnings("ReferenceEquality") // identity is the fast path
  public V get(Schema schema) {
    if (schema != lastSchema) {
      lastValue = find(schema);
      lastSchema = schema;
    }
    return lastValue;
  }

  private V find(Schema schema) {
    V known = byIdentity.get(schema);
    if (known != null) {
      return known;
    }
    if (byIdentity.size() >= capacity) {
      byIdentity.clear();
      byStructure.clear();
    }
    V value = byStructure.computeIfAbsent(schema, compute);
    byIdentity.put(schema, value);
    return value;
  }
}
