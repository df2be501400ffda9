package io.tributary.bigquery.fuzz;

import io.tributary.bigquery.fuzz.Draft.Content;
import io.tributary.bigquery.fuzz.Mutation.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** One topic of one form, where every wrong record stands between healthy ones. */
final class Stream {
  /** A form of records, and what can be wrong with it. */
  enum Form {
    ENVELOPES,
    FLAT,
    LOOSE;

    Content content(Draft draft) {
      return switch (this) {
        case ENVELOPES -> draft.inEnvelope();
        case FLAT -> draft.flat();
        case LOOSE -> draft.loose();
      };
    }

    List<Mutation> mutations(Random run) {
      List<Mutation> all = new ArrayList<>(KeyMutations.all());
      all.addAll(EnvelopeMutations.garbage());
      switch (this) {
        case ENVELOPES -> {
          all.addAll(ValueMutations.all());
          all.addAll(SchemaMutations.all(run));
          all.addAll(EnvelopeMutations.all());
        }
        case FLAT -> all.addAll(ValueMutations.all());
        case LOOSE -> all.addAll(LooseMutations.all());
      }
      return all;
    }
  }

  private final Form form;
  private final String table;
  private final Random random;
  private final List<SinkRecord> records = new ArrayList<>();
  private final Map<Long, String> healthy = new TreeMap<>();
  private final Map<Long, Mutation> mutants = new TreeMap<>();
  private long id;

  Stream(Form form, String table, Random random) {
    this.form = form;
    this.table = table;
    this.random = random;
  }

  String table() {
    return table;
  }

  TopicPartition partition() {
    return new TopicPartition("app.public." + table, 0);
  }

  List<SinkRecord> records() {
    return records;
  }

  /** The offsets of wrong records; a record's offset is its id, too. */
  Map<Long, Mutation> mutants() {
    return mutants;
  }

  /** The texts of healthy rows by their ids. */
  Map<Long, String> healthy() {
    return healthy;
  }

  void addHealthy() {
    Draft draft = draft();
    healthy.put(draft.id, text(draft.id));
    send(form.content(draft));
  }

  void add(Mutation mutation) {
    Draft draft = draft();
    mutants.put(draft.id, mutation);
    mutation.change().accept(draft, random);
    send(form.content(draft));
  }

  /** The offsets of wrong records of one fate. */
  List<Long> of(Fate fate) {
    return mutants.entrySet().stream()
        .filter(each -> each.getValue().fate() == fate)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Draft draft() {
    return new Draft(id, text(id), table, 1_000 + 16 * id);
  }

  private static String text(long id) {
    return Draft.CANARY + id;
  }

  private void send(Content content) {
    records.add(
        new SinkRecord(
            partition().topic(),
            0,
            content.keySchema(),
            content.key(),
            content.valueSchema(),
            content.value(),
            id++,
            1_760_000_000_000L,
            TimestampType.CREATE_TIME));
  }
}
