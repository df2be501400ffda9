package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.engine.Database.Work;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The datasets there are. Thread-safe. */
final class DatasetStore {
  private final Database database;
  private final CatalogFile file;
  private final Supplier<Instant> now;
  private final ConcurrentMap<DatasetRef, DatasetDefinition> datasets = new ConcurrentHashMap<>();

  DatasetStore(Database database, CatalogFile file, Supplier<Instant> now) {
    this.database = database;
    this.file = file;
    this.now = now;
  }

  /** Takes up one that the file has already. */
  void load(DatasetDefinition definition) {
    datasets.put(definition.ref(), definition);
  }

  synchronized DatasetDefinition create(DatasetDefinition definition) {
    Names.checkDataset(definition.ref());
    Descriptions.checkLabels(definition.labels());
    if (datasets.containsKey(definition.ref())) {
      throw BigQueryError.duplicate("Already Exists: Dataset " + definition.ref());
    }
    Instant created = now.get();
    return put(definition.stamped(created, created, etag()));
  }

  synchronized DatasetDefinition update(DatasetDefinition definition, String ifMatch) {
    Descriptions.checkLabels(definition.labels());
    DatasetDefinition old = get(definition.ref());
    if (ifMatch != null && !ifMatch.equals(old.etag())) {
      throw BigQueryError.conditionNotMet("Precondition check failed.");
    }
    return put(definition.stamped(old.created(), now.get(), etag()));
  }

  private DatasetDefinition put(DatasetDefinition stamped) {
    database.transaction(c -> file.save(c, stamped));
    datasets.put(stamped.ref(), stamped);
    return stamped;
  }

  /** Deletes a dataset, and what it holds in the same transaction. */
  synchronized void delete(DatasetRef ref, Work contents) {
    database.transaction(
        c -> {
          contents.on(c);
          file.delete(c, ref);
        });
    datasets.remove(ref);
  }

  /** Finds a dataset; 404 if there is none. */
  DatasetDefinition get(DatasetRef ref) {
    return find(ref).orElseThrow(() -> BigQueryError.datasetNotFound(ref));
  }

  Optional<DatasetDefinition> find(DatasetRef ref) {
    return Optional.ofNullable(datasets.get(ref));
  }

  /** Those of a project in order of name. */
  List<DatasetDefinition> of(String project) {
    return all().stream().filter(d -> d.ref().project().equals(project)).toList();
  }

  /** Those of all projects in order of name. */
  List<DatasetDefinition> all() {
    return datasets.values().stream()
        .sorted(Comparator.comparing(d -> d.ref().toString()))
        .toList();
  }

  private static String etag() {
    return UUID.randomUUID().toString();
  }
}
