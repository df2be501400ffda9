package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Type.Named;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The versions of a table's schema, which may have other columns beside the key each time. */
final class SchemaVersions {
  private final Random random;
  private final Names names;
  private final Scope scope;
  private final List<Named> key;
  private final Supplier<Changes> blank;
  private final List<List<Named>> versions = new ArrayList<>();
  private final List<Changes> writers = new ArrayList<>();

  /** With the first version; a blank writer knows no column. */
  SchemaVersions(
      Random random, Names names, Scope scope, List<Named> key, Supplier<Changes> blank) {
    this.random = random;
    this.names = names;
    this.scope = scope;
    this.key = key;
    this.blank = blank;
    List<Named> columns = new ArrayList<>();
    columns.add(new Named(names.fresh(random), new Type.Single(Kind.TEXT), true));
    columns.add(new Named(names.fresh(random), new Type.Single(Kind.INTEGER), true));
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      columns.add(column());
    }
    open(columns);
  }

  List<Named> columns(int version) {
    return versions.get(version);
  }

  /** Writes records by a version. */
  Changes writer(int version) {
    return writers.get(version);
  }

  /** Mostly the newest, sometimes the one before. */
  int any() {
    int newest = versions.size() - 1;
    return newest > 0 && random.nextInt(5) == 0 ? newest - 1 : newest;
  }

  void evolve() {
    List<Named> columns = new ArrayList<>(versions.get(versions.size() - 1));
    int index = random.nextInt(columns.size());
    Named one = columns.get(index);
    switch (random.nextInt(5)) {
      case 0 -> {
        if (columns.size() > 2) {
          columns.remove(index);
        }
      }
      case 1 -> columns.set(index, new Named(names.fresh(random), one.type(), one.optional()));
      case 2 -> columns.set(index, new Named(one.name(), one.type(), !one.optional()));
      default -> columns.replaceAll(this::grown);
    }
    if (random.nextBoolean()) {
      columns.add(random.nextInt(columns.size()), column());
    }
    open(columns);
  }

  private Named grown(Named column) {
    return scope == Scope.CDC || random.nextInt(3) > 0
        ? column
        : new Named(column.name(), column.type().grown(random, names), column.optional());
  }

  private Named column() {
    return new Named(names.fresh(random), Types.any(random, names, 2), random.nextInt(4) > 0);
  }

  private void open(List<Named> columns) {
    Changes writer = blank.get();
    key.forEach(column -> writer.key(column.name(), column.schema()));
    columns.forEach(column -> writer.column(column.name(), column.schema()));
    versions.add(List.copyOf(columns));
    writers.add(writer);
  }

  @Override
  public String toString() {
    return versions.toString();
  }
}
