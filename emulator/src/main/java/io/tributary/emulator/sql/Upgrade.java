package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.List;

/** Carries stored values over to a wider type or to a STRUCT with more fields. */
public final class Upgrade {
  private Upgrade() {}

  /** The new value of a column as a DuckDB expression of the old one. */
  public static String print(String text, Column from, Column to) {
    if (to.mode() == Mode.REPEATED) {
      String item = print("e", from.withMode(Mode.NULLABLE), to.withMode(Mode.NULLABLE));
      return item.equals("e") ? text : "list_transform(" + text + ", lambda e: " + item + ")";
    }
    if (to.fields().isEmpty()) {
      return CastPrinter.convert(text, Types.analyzerType(from), Types.analyzerType(to));
    }
    List<String> items = new ArrayList<>();
    for (int i = 0; i < to.fields().size(); i++) {
      Column field = to.fields().get(i);
      String value =
          i < from.fields().size()
              ? print("(" + text + ")['" + Types.field(i) + "']", from.fields().get(i), field)
              : Constants.print(
                  Types.analyzerType(field), field.mode() == Mode.REPEATED ? List.of() : null);
      items.add("'" + Types.field(i) + "': " + value);
    }
    return "CASE WHEN " + text + " IS NOT NULL THEN {" + String.join(", ", items) + "} END";
  }
}
