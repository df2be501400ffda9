package io.tributary.bigquery.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a sink could well get wrong, done to its records before it sees them. */
enum Mistake {
  UNSENT_COLUMNS_BECOME_NULL {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return each(log, after -> changed(after, Mistake::withoutPlaceholder));
    }
  },
  ARRAYS_LOSE_THEIR_LAST_ITEM {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return each(log, after -> changed(after, Mistake::withoutLastItem));
    }
  },
  INNER_FIELDS_GET_LOST {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return each(log, after -> changed(after, Mistake::withoutInnerFields));
    }
  },
  DELETES_GET_LOST {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return log.stream().map(each -> is(each, "d") ? emptied(each) : each).toList();
    }
  },
  LAST_CHANGES_GET_LOST {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return withoutLast(log, last -> true);
    }
  },
  TRUNCATES_GET_LOST {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      SinkRecord keyed = log.get(0);
      return log.stream()
          .map(
              each -> is(each, "t") ? copy(each, keyed.keySchema(), keyed.key(), null, null) : each)
          .toList();
    }
  },
  RANGES_LOSE_THEIR_END {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return each(log, after -> changed(after, Mistake::withoutEnd));
    }
  },
  INTERVALS_LOSE_THEIR_YEARS {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return each(log, after -> changed(after, Mistake::withoutYears));
    }
  },
  CHANGES_OF_A_BINARY_LOG_SWAP {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      return log.get(0).value() instanceof Struct first
              && first.getStruct("source").schema().field("file") != null
          ? CHANGES_OF_A_KEY_SWAP.make(log)
          : log;
    }
  },
  ONE_OF_TWO_TASKS_LOSES_ITS_LAST_CHANGES {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      int shared = log.size() * 2 / 3;
      return withoutLast(log, last -> last > shared && log.get(last).kafkaPartition() == 0);
    }
  },
  CHANGES_BEFORE_A_DELETE_GET_LOST {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      List<SinkRecord> wrong = new ArrayList<>(log);
      byKey(log)
          .forEach(
              (key, places) -> {
                for (int i = 1; i < places.size(); i++) {
                  SinkRecord before = log.get(places.get(i - 1));
                  if (is(before, "u") && is(log.get(places.get(i)), "d")) {
                    wrong.set(places.get(i - 1), emptied(before));
                  }
                }
              });
      return wrong;
    }
  },
  CHANGES_OF_A_KEY_SWAP {
    @Override
    List<SinkRecord> make(List<SinkRecord> log) {
      List<SinkRecord> wrong = new ArrayList<>(log);
      byKey(log)
          .forEach(
              (key, places) -> {
                if (places.size() > 1) {
                  swap(wrong, places.get(places.size() - 2), places.get(places.size() - 1));
                }
              });
      return wrong;
    }
  };

  /** As many records as there are, at the same places. */
  abstract List<SinkRecord> make(List<SinkRecord> log);

  private static List<SinkRecord> withoutLast(List<SinkRecord> log, IntPredicate place) {
    List<SinkRecord> wrong = new ArrayList<>(log);
    byKey(log)
        .forEach(
            (key, places) -> {
              int last = places.get(places.size() - 1);
              if (is(log.get(last), "u") && place.test(last)) {
                wrong.set(last, emptied(log.get(last)));
              }
            });
    return wrong;
  }

  private static List<SinkRecord> each(List<SinkRecord> log, UnaryOperator<Struct> state) {
    return log.stream()
        .map(each -> is(each, "u") ? with(each, state.apply(after(each))) : each)
        .toList();
  }

  /** A column's value, changed. */
  @FunctionalInterface
  private interface Change {
    Object of(Schema schema, Object value);
  }

  private static Struct changed(Struct after, Change change) {
    Struct changed = new Struct(after.schema());
    for (Field field : after.schema().fields()) {
      Object value = after.getWithoutDefault(field.name());
      changed.put(field, value == null ? null : change.of(field.schema(), value));
    }
    return changed;
  }

  private static Object withoutPlaceholder(Schema schema, Object value) {
    return schema.isOptional() && Decoder.isUnavailable(schema, value) ? null : value;
  }

  private static Object withoutLastItem(Schema schema, Object value) {
    return value instanceof List<?> list && !list.isEmpty() && !Decoder.isUnavailable(schema, value)
        ? list.subList(0, list.size() - 1)
        : value;
  }

  private static Object withoutEnd(Schema schema, Object value) {
    return Decoder.isRange(schema) ? ((String) value).replaceAll(",.+\\)", ",)") : value;
  }

  private static Object withoutYears(Schema schema, Object value) {
    return "io.debezium.time.Interval".equals(schema.name())
        ? ((String) value).replaceFirst("P-?\\d+Y", "P0Y")
        : value;
  }

  private static Object withoutInnerFields(Schema schema, Object value) {
    if (!(value instanceof Struct struct) || !"app.Part".equals(schema.name())) {
      return value;
    }
    Struct emptied = new Struct(schema);
    for (Field field : schema.fields()) {
      emptied.put(field, field.schema().isOptional() ? null : struct.get(field));
    }
    return emptied;
  }

  private static void swap(List<SinkRecord> log, int one, int other) {
    SinkRecord first = log.get(one);
    SinkRecord second = log.get(other);
    if (is(first, "u")
        && is(second, "u")
        && Reference.isWhole(after(first))
        && Reference.isWhole(after(second))
        && first.valueSchema().equals(second.valueSchema())) {
      log.set(one, with(first, after(second)));
      log.set(other, with(second, after(first)));
    }
  }

  private static Map<String, List<Integer>> byKey(List<SinkRecord> log) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).value() != null && log.get(i).key() != null) {
        String key = Reference.key((Struct) log.get(i).key());
        places.computeIfAbsent(key, none -> new ArrayList<>()).add(i);
      }
    }
    return places;
  }

  /** A plain change: no half of a key change. */
  private static boolean is(SinkRecord each, String operation) {
    return each.value() != null
        && each.headers().isEmpty()
        && ((Struct) each.value()).getString("op").equals(operation);
  }

  private static Struct after(SinkRecord each) {
    return ((Struct) each.value()).getStruct("after");
  }

  private static SinkRecord with(SinkRecord each, Struct after) {
    Struct before = (Struct) each.value();
    Struct value = new Struct(before.schema());
    before.schema().fields().forEach(field -> value.put(field, before.get(field)));
    return copy(each, each.keySchema(), each.key(), each.valueSchema(), value.put("after", after));
  }

  private static SinkRecord emptied(SinkRecord each) {
    return copy(each, each.keySchema(), each.key(), null, null);
  }

  private static SinkRecord copy(
      SinkRecord each, Schema keySchema, Object key, Schema schema, Object value) {
    return new SinkRecord(
        each.topic(),
        each.kafkaPartition(),
        keySchema,
        key,
        schema,
        value,
        each.kafkaOffset(),
        each.timestamp(),
        each.timestampType(),
        each.headers());
  }
}
