package io.tributary.bigquery.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What cannot hold together in mode {@code cdc}: of all tables, and of those of each pattern.
 * Patterns are not weighed against each other; a table that two of them concern is looked at when
 * it is first written to.
 */
final class CdcChecks {
  private final Values values;
  private final List<Wish> wishes;
  private final List<Problem> problems = new ArrayList<>();

  private CdcChecks(Values values, List<Wish> wishes) {
    this.values = values;
    this.wishes = wishes;
  }

  static List<Problem> of(Values values, List<Wish> wishes) {
    CdcChecks checks = new CdcChecks(values, wishes);
    checks.check(Optional.empty());
    Set<String> patterns = new LinkedHashSet<>();
    wishes.forEach(wish -> patterns.add(wish.table().toString()));
    patterns.forEach(pattern -> checks.check(Optional.of(pattern)));
    return List.copyOf(checks.problems);
  }

  private void check(Optional<String> pattern) {
    Said mode = said(pattern, TableOption.WRITE_MODE, Keys.WRITE_MODE);
    if (OptionValues.mode(mode.value()) != WriteMode.CDC) {
      return;
    }
    Said conflict = said(pattern, TableOption.SCHEMA_CONFLICT, Keys.SCHEMA_CONFLICT);
    if (OptionValues.conflict(conflict.value()) == Conflict.RECREATE) {
      add(
          conflict.key(),
          "is recreate, and BigQuery bars statements that rewrite a table in mode cdc.",
          "Choose fail, dead-letter or new-column.");
    }
    Said unavailable = said(pattern, TableOption.CDC_UNAVAILABLE, Keys.CDC_UNAVAILABLE);
    Said staleness = said(pattern, TableOption.MAX_STALENESS, Keys.MAX_STALENESS);
    boolean lookup = OptionValues.unavailable(unavailable.value()) == CdcOptions.Unavailable.LOOKUP;
    Said deletes = said(pattern, TableOption.DELETE_MODE, Keys.DELETE_MODE);
    if (OptionValues.deletes(deletes.value()) == Deletes.SOFT && !lookup) {
      add(
          deletes.key(),
          "is soft, and a delete tells only the key of a row: in mode cdc the rest has to be looked up.",
          "Set cdc.unavailable=lookup, or choose hard or ignore, or history=true beside the table.");
    }
    if (lookup && !OptionValues.interval(staleness.value()).isZero()) {
      add(
          unavailable.key(),
          "is lookup, and with max.staleness a query may not see what was written before.",
          "Remove max.staleness, or choose fail or dead-letter.");
    }
  }

  /** What holds, and the key that says so. */
  private record Said(String key, String value) {}

  private Said said(Optional<String> pattern, TableOption option, String key) {
    for (Wish wish : wishes) {
      if (wish instanceof Wish.OfTable table
          && table.option() == option
          && pattern.filter(table.table().toString()::equals).isPresent()) {
        return new Said(table.key(), table.value());
      }
    }
    return new Said(key, values.text(key));
  }

  private void add(String key, String reason, String remedy) {
    Problem problem = new Problem(key, reason, remedy);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
