package io.tributary.bigquery.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What keys with patterns say of each table, below it what holds for every table. Patterns are
 * matched once per table and field. Thread-safe.
 */
final class Overrides implements TableChoices {
  private final List<Wish.OfTable> tables = new ArrayList<>();
  private final List<Wish.OfColumn> columns = new ArrayList<>();
  private final TableOptions preset;
  private final Map<String, TableOptions> known = new ConcurrentHashMap<>();

  /**
   * @param wishes without problems
   * @param preset what holds where no pattern says otherwise
   */
  Overrides(List<Wish> wishes, TableOptions preset) {
    for (Wish wish : wishes) {
      if (wish instanceof Wish.OfTable table) {
        tables.add(table);
      } else if (wish instanceof Wish.OfColumn column) {
        columns.add(column);
      }
    }
    tables.sort(Wish.OfTable.ORDER);
    columns.sort(Wish.OfColumn.ORDER);
    this.preset = preset;
  }

  @Override
  public TableOptions of(String dataset, String table) {
    return known.computeIfAbsent(dataset + "." + table, name -> resolve(dataset, table));
  }

  private TableOptions resolve(String dataset, String table) {
    List<Wish.OfTable> matching =
        tables.stream().filter(one -> one.speaksOf(dataset, table)).toList();
    Function<TableOption, Optional<String>> said =
        option ->
            matching.stream()
                .filter(one -> one.option() == option)
                .findFirst()
                .map(Wish.OfTable::value);
    Map<String, String> labels = new LinkedHashMap<>(preset.labels());
    said.apply(TableOption.LABELS).map(OptionValues::labels).ifPresent(labels::putAll);
    boolean kept = isHistory(dataset, table);
    return new TableOptions(
        kept
            ? WriteMode.APPEND
            : said.apply(TableOption.WRITE_MODE).map(OptionValues::mode).orElse(preset.mode()),
        !kept && said.apply(TableOption.HISTORY).map(OptionValues::flag).orElse(preset.history()),
        cdc(said),
        said.apply(TableOption.DELETE_MODE).map(OptionValues::deletes).orElse(preset.deletes()),
        said.apply(TableOption.SCHEMA_CONFLICT)
            .map(OptionValues::conflict)
            .orElse(preset.conflict()),
        partitioning(matching),
        said.apply(TableOption.CLUSTER_BY).map(OptionValues::clustering).orElse(List.of()),
        labels,
        said.apply(TableOption.DESCRIPTION),
        said.apply(TableOption.KMS_KEY).or(preset::kmsKey),
        said.apply(TableOption.KEY_FIELDS).map(OptionValues::fields).orElse(List.of()),
        said.apply(TableOption.ORDER_FIELD).or(preset::orderField),
        new OfFields(columns.stream().filter(one -> one.speaksOf(dataset, table)).toList()));
  }

  private CdcOptions cdc(Function<TableOption, Optional<String>> said) {
    return new CdcOptions(
        said.apply(TableOption.CDC_UNAVAILABLE)
            .map(OptionValues::unavailable)
            .orElse(preset.cdc().unavailable()),
        said.apply(TableOption.CDC_TRUNCATE)
            .map(OptionValues::truncates)
            .orElse(preset.cdc().truncates()),
        said.apply(TableOption.MAX_STALENESS)
            .map(OptionValues::interval)
            .orElse(preset.cdc().maxStaleness()));
  }

  /** Whether the table is the history of another. */
  private boolean isHistory(String dataset, String table) {
    int end = table.length() - TableOptions.HISTORY.length();
    if (end < 1 || !table.endsWith(TableOptions.HISTORY)) {
      return false;
    }
    String kept = table.substring(0, end);
    return tables.stream()
        .filter(one -> one.option() == TableOption.HISTORY && one.speaksOf(dataset, kept))
        .findFirst()
        .map(one -> OptionValues.flag(one.value()))
        .orElse(preset.history());
  }

  /** All of it from the pattern that names the column. */
  private static Optional<PartitionChoice> partitioning(List<Wish.OfTable> matching) {
    return matching.stream()
        .filter(one -> one.option() == TableOption.PARTITION_BY)
        .findFirst()
        .map(
            by -> {
              Map<TableOption, String> same = new HashMap<>();
              matching.stream()
                  .filter(one -> one.table().toString().equals(by.table().toString()))
                  .forEach(one -> same.put(one.option(), one.value()));
              return new PartitionChoice(
                  Optional.of(by.value()).filter(name -> !name.equals(OptionValues.INGESTION)),
                  Optional.ofNullable(same.get(TableOption.PARTITION_GRANULARITY))
                      .map(OptionValues::granularity)
                      .orElse(PartitionChoice.Granularity.DAY),
                  Optional.ofNullable(same.get(TableOption.PARTITION_EXPIRATION_MS))
                      .map(OptionValues::millis));
            });
  }

  /** The choices of one table's columns. */
  private static final class OfFields implements ColumnChoices {
    /** Records without schemas may bring ever new names. */
    private static final int MOST_KNOWN = 10_000;

    /** Neither a letter nor a digit, nor a pattern's star. */
    private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{N}*]");

    private final List<Wish.OfColumn> matching;
    private final Map<String, ColumnSettings> known = new ConcurrentHashMap<>();

    OfFields(List<Wish.OfColumn> matching) {
      this.matching = matching;
    }

    @Override
    public ColumnSettings of(String field) {
      if (matching.isEmpty()) {
        return ColumnSettings.NONE;
      }
      ColumnSettings found = known.get(field);
      if (found == null) {
        found = resolve(field);
        if (known.size() < MOST_KNOWN) {
          known.put(field, found);
        }
      }
      return found;
    }

    /** Patterns name fields; in a column's name signs may differ from the field's, and case. */
    @Override
    public boolean mayType(String column) {
      String name = alike(column);
      return matching.stream()
          .filter(one -> one.option() == ColumnOption.TYPE)
          .anyMatch(one -> new Glob(alike(one.column().toString())).matches(name));
    }

    /** A pattern without a dot names columns only. */
    @Override
    public Optional<String> innerPolicyTag(String path) {
      return matching.stream()
          .filter(one -> one.option() == ColumnOption.POLICY_TAG)
          .filter(one -> one.column().has('.') && one.column().matches(path))
          .findFirst()
          .map(Wish.OfColumn::value);
    }

    private static String alike(String name) {
      return SIGN.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    private ColumnSettings resolve(String field) {
      if (flag(field, ColumnOption.EXCLUDE)) {
        return new ColumnSettings(
            Optional.empty(), true, false, Optional.empty(), Lossy.REFUSE, Encoding.BYTES);
      }
      boolean hashed = flag(field, ColumnOption.HASH);
      Optional<String> type = said(field, ColumnOption.TYPE);
      Optional<Lossy> lossy = said(field, ColumnOption.LOSSY).map(OptionValues::lossy);
      return new ColumnSettings(
          hashed ? Optional.empty() : type,
          false,
          hashed,
          said(field, ColumnOption.POLICY_TAG),
          hashed ? Lossy.REFUSE : lossy.orElse(Lossy.REFUSE),
          said(field, ColumnOption.ENCODING).map(OptionValues::encoding).orElse(Encoding.BYTES));
    }

    private boolean flag(String field, ColumnOption option) {
      return said(field, option).map(OptionValues::flag).orElse(false);
    }

    private Optional<String> said(String field, ColumnOption option) {
      return matching.stream()
          .filter(one -> one.option() == option && one.column().matches(field))
          .findFirst()
          .map(Wish.OfColumn::value);
    }
  }
}
