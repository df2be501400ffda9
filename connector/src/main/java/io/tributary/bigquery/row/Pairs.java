package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.List;
import java.util.Map;

/** The form of maps as arrays of STRUCTs, one for each entry: its key, then its value. */
final class Pairs implements Form {
  private final Form key;
  private final Form value;
  private final String keyName;
  private final String valueName;

  Pairs(Form key, Form value) {
    this("key", key, "value", value);
  }

  Pairs(String keyName, Form key, String valueName, Form value) {
    this.keyName = keyName;
    this.key = key;
    this.valueName = valueName;
    this.value = value;
  }

  @Override
  public Column column(String name) {
    return Column.struct(name, List.of(key.column(keyName), value.column(valueName)))
        .withMode(Column.Mode.REPEATED);
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.type() != ColumnType.STRUCT || column.mode() != Column.Mode.REPEATED) {
      return null;
    }
    Slots slots =
        new Slots(
            target,
            List.of(
                new Slots.Member(keyName, key, entry -> ((Map.Entry<?, ?>) entry).getKey()),
                new Slots.Member(valueName, value, entry -> ((Map.Entry<?, ?>) entry).getValue())));
    return (out, number, map) ->
        ((Map<?, ?>) map).entrySet().forEach(entry -> slots.write(out, number, entry));
  }

  @Override
  public String text(Object map) {
    return JsonText.of(map);
  }
}
