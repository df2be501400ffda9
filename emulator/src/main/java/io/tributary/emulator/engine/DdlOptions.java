package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOption;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.Types;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OPTIONS(...) of DDL statements. */
final class DdlOptions {
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000L);

  private final Session session;
  private final PrintContext context;

  DdlOptions(Session session, PrintContext context) {
    this.session = session;
    this.context = context;
  }

  Object value(ResolvedOption option) throws SQLException {
    var column = Types.column("value", option.getValue().getType());
    String sql =
        QueryPrinter.output(
            QueryPrinter.converted(option.getValue(), option.getValue().getType(), context),
            column);
    return RowReader.read(session.connection(), sql, List.of(column)).get(0)[0];
  }

  void apply(List<ResolvedOption> options, TableEdits edits) throws SQLException {
    for (ResolvedOption option : options) {
      Object value = value(option);
      switch (option.getName().toLowerCase(Locale.ROOT)) {
        case "description" -> edits.description((String) value);
        case "friendly_name" -> edits.friendlyName((String) value);
        case "kms_key_name" -> edits.kmsKeyName((String) value);
        case "labels" -> edits.labels(labels(value));
        case "expiration_timestamp" -> edits.expiration((Instant) value);
        case "max_staleness" -> edits.maxStaleness(value == null ? "0-0 0 0:0:0" : (String) value);
        case "partition_expiration_days" -> partitions(edits, millis(value), null);
        case "require_partition_filter" -> partitions(edits, null, (Boolean) value);
        default ->
            throw BigQueryError.notImplemented("Option " + option.getName() + " is not supported");
      }
    }
  }

  private static Long millis(Object days) {
    return days == null
        ? Long.valueOf(0)
        : Long.valueOf(new BigDecimal(days.toString()).multiply(DAY).longValue());
  }

  private static void partitions(TableEdits edits, Long expiration, Boolean filter) {
    Partitioning old = edits.partitioning();
    if (old == null) {
      throw BigQueryError.invalidQuery("Partition options can only be set on partitioned tables");
    }
    Long life = expiration == null ? old.expirationMs() : expiration == 0 ? null : expiration;
    edits.partitioning(
        new Partitioning(
            old.kind(),
            old.field(),
            life,
            old.rangeStart(),
            old.rangeEnd(),
            old.rangeInterval(),
            filter == null ? old.requireFilter() : filter));
  }

  static Map<String, String> labels(Object value) {
    Map<String, String> labels = new HashMap<>();
    if (value != null) {
      for (Object pair : (List<?>) value) {
        labels.put((String) ((Object[]) pair)[0], (String) ((Object[]) pair)[1]);
      }
    }
    return labels;
  }
}
