package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;

/** Another statement changed the table while this one ran. */
final class LostRace extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostRace(TableRef table) {
    super("Could not serialize access to table " + table + " due to concurrent update");
  }

  BigQueryError lost() {
    return BigQueryError.invalidQuery(getMessage());
  }
}
