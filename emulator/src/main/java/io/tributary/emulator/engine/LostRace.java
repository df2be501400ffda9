package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;

/** Another statement changed the table while this one ran. */
final class LostRace extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TableRef table;

  LostRace(TableRef table) {
    super("Could not serialize access to table " + table + " due to concurrent update");
    this.table = table;
  }

  TableRef table() {
    return table;
  }

  BigQueryError lost() {
    return BigQueryError.invalidQuery(getMessage());
  }
}
