package io.tributary.bigquery.histories;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The type of a column at its source. */
sealed interface Type {
  /** A column, or a field of one. */
  record Named(String name, Type type, boolean optional) {
    Schema schema() {
      return optional ? type.schema().optional().build() : type.schema().build();
    }

    Object value(Random random) {
      return optional && random.nextInt(5) == 0 ? null : type.value(random, schema());
    }
  }

  SchemaBuilder schema();

  /** Any value of this very schema, never null. */
  Object value(Random random, Schema schema);

  /** What Debezium sends for a value that it does not know; null where it sends no such thing. */
  Object placeholder();

  /** What the type may become later so that no value is lost; itself where there is nothing. */
  Type grown(Random random, Names names);

  /** A value without inner parts. */
  record Single(Kind kind) implements Type {
    @Override
    public SchemaBuilder schema() {
      return kind.schema();
    }

    @Override
    public Object value(Random random, Schema schema) {
      return kind.value(random, schema);
    }

    @Override
    public Object placeholder() {
      return kind.placeholder();
    }

    @Override
    public Type grown(Random random, Names names) {
      return switch (kind) {
        case SMALL -> new Single(random.nextBoolean() ? Kind.INTEGER : Kind.BIG);
        case INTEGER, BIG -> Fixed.numeric(random);
        default -> this;
      };
    }
  }

  /** A decimal number of so many digits, so many of them behind the point. */
  record Fixed(int precision, int scale) implements Type {
    /** Holds every INT64 and fits BigQuery's NUMERIC. */
    static Fixed numeric(Random random) {
      int scale = random.nextInt(10);
      return new Fixed(scale + 19 + random.nextInt(11), scale);
    }

    /** Too long for BigQuery's NUMERIC, and holds every one. */
    static Fixed large(Random random) {
      int scale = 10 + random.nextInt(29);
      return new Fixed(scale + 29 + random.nextInt(10), scale);
    }

    boolean isNumeric() {
      return scale <= 9 && precision - scale <= 29;
    }

    @Override
    public SchemaBuilder schema() {
      return Decimal.builder(scale)
          .parameter("connect.decimal.precision", Integer.toString(precision));
    }

    @Override
    public Object value(Random random, Schema schema) {
      return Values.decimal(random, precision, scale);
    }

    @Override
    public Object placeholder() {
      return null;
    }

    @Override
    public Type grown(Random random, Names names) {
      return isNumeric() ? large(random) : this;
    }
  }

  /** Named fields. */
  record Group(List<Named> fields) implements Type {
    public Group {
      fields = List.copyOf(fields);
    }

    @Override
    public SchemaBuilder schema() {
      SchemaBuilder builder = SchemaBuilder.struct().name("app.Part");
      fields.forEach(field -> builder.field(field.name(), field.schema()));
      return builder;
    }

    @Override
    public Object value(Random random, Schema schema) {
      Struct struct = new Struct(schema);
      for (Named field : fields) {
        boolean absent = field.optional() && random.nextInt(5) == 0;
        Schema inner = schema.field(field.name()).schema();
        struct.put(field.name(), absent ? null : field.type().value(random, inner));
      }
      return struct;
    }

    @Override
    public Object placeholder() {
      return null;
    }

    /** Gets a field, loses one, or has one that grows. */
    @Override
    public Type grown(Random random, Names names) {
      List<Named> next = new ArrayList<>(fields);
      int index = random.nextInt(next.size());
      Named one = next.get(index);
      switch (random.nextInt(4)) {
        case 0 -> {
          if (next.size() > 1) {
            next.remove(index);
          }
        }
        case 1 -> next.set(index, new Named(one.name(), one.type().grown(random, names), true));
        default -> next.add(new Named(names.fresh(random), Types.any(random, names, 1), true));
      }
      return new Group(next);
    }
  }

  /** Several of one type. */
  record Several(Type item) implements Type {
    @Override
    public SchemaBuilder schema() {
      return SchemaBuilder.array(item.schema().optional().build());
    }

    @Override
    public Object value(Random random, Schema schema) {
      List<Object> items = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(item.value(random, schema.valueSchema()));
      }
      return items;
    }

    @Override
    public Object placeholder() {
      byte[] bytes = Values.PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
      if (!(item instanceof Single single)) {
        return null;
      }
      return switch (single.kind()) {
        case TEXT, BINARY -> List.of(item.placeholder());
        case UUID_TEXT -> List.of(UUID.nameUUIDFromBytes(bytes).toString());
        case INTEGER -> {
          List<Object> numbers = new ArrayList<>();
          for (byte each : bytes) {
            numbers.add((int) each);
          }
          yield numbers;
        }
        case BIG -> {
          List<Object> numbers = new ArrayList<>();
          for (byte each : bytes) {
            numbers.add((long) each);
          }
          yield numbers;
        }
        default -> null;
      };
    }

    @Override
    public Type grown(Random random, Names names) {
      return item instanceof Group ? new Several(item.grown(random, names)) : this;
    }
  }

  /** Texts by texts. */
  record Dictionary() implements Type {
    @Override
    public SchemaBuilder schema() {
      return SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA);
    }

    @Override
    public Object value(Random random, Schema schema) {
      Map<String, String> map = new LinkedHashMap<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        map.put("k" + random.nextInt(9), random.nextInt(4) == 0 ? null : Values.text(random));
      }
      return map;
    }

    @Override
    public Object placeholder() {
      return Map.of(Values.PLACEHOLDER, Values.PLACEHOLDER);
    }

    @Override
    public Type grown(Random random, Names names) {
      return this;
    }
  }
}
