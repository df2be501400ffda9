package io.tributary.bigquery.table;

import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.TableOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Options of a table that is there already. */
final class LiveOptions {
  private LiveOptions() {}

  /** Sets what can be changed on a live table, where it differs. */
  static Optional<Step> step(TableSchema schema, TableOptions options) {
    Traits traits = schema.traits();
    Map<String, String> labels = new TreeMap<>(options.labels());
    labels.entrySet().removeAll(traits.labels().entrySet());
    Optional<String> description =
        options.description().filter(text -> !text.equals(traits.description()));
    Optional<Duration> wanted = options.partitioning().map(LiveOptions::life);
    Optional<Duration> life =
        traits
            .partitioning()
            .flatMap(there -> wanted.filter(choice -> !choice.equals(life(there))));
    boolean same = labels.isEmpty() && description.isEmpty() && life.isEmpty();
    return same
        ? Optional.empty()
        : Optional.of(
            new Step.SetTraits(
                schema.id(), Collections.unmodifiableMap(labels), description, life));
  }

  /** What the configuration asks for and a live table cannot be given. */
  static List<String> remarks(TableSchema schema, TableOptions options) {
    List<String> remarks = new ArrayList<>();
    Traits traits = schema.traits();
    if (!options.clustering().isEmpty() && !same(options.clustering(), traits.clustering())) {
      remarks.add("is clustered by " + traits.clustering() + " and not by " + options.clustering());
    }
    Optional<String> there = traits.partitioning().map(LiveOptions::order);
    Optional<String> wanted = options.partitioning().map(LiveOptions::order);
    if (wanted.isPresent() && !wanted.equals(there)) {
      remarks.add(
          "is partitioned " + there.orElse("in no such way") + " and not " + wanted.orElseThrow());
    }
    boolean otherKey =
        options.kmsKey().isPresent() && !traits.kmsKey().startsWith(options.kmsKey().orElseThrow());
    if (otherKey) {
      remarks.add("is not encrypted by the configured key");
    }
    return remarks;
  }

  private static Duration life(PartitionChoice choice) {
    return choice.expiration().orElse(Duration.ZERO);
  }

  private static String order(PartitionChoice choice) {
    return "by "
        + choice.granularity()
        + " of "
        + choice.column().map(name -> name.toLowerCase(Locale.ROOT)).orElse("ingestion");
  }

  private static boolean same(List<String> one, List<String> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equalsIgnoreCase(other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
