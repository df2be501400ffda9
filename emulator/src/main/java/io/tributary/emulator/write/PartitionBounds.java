package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Refuses rows for time partitions too far in the past or in the future to be streamed to. */
final class PartitionBounds {
  private static final int DAYS_PAST = 1825;
  private static final int DAYS_FUTURE = 366;
  private static final int NONE = -1;

  private final TableDefinition table;
  private final int index;
  private final Clock clock;

  PartitionBounds(TableDefinition table, List<Column> columns, Clock clock) {
    this.table = table;
    this.clock = clock;
    this.index = index(table.partitioning(), columns);
  }

  private static int index(Partitioning partitioning, List<Column> columns) {
    if (partitioning == null
        || partitioning.field() == null
        || partitioning.kind() == Partitioning.Kind.RANGE) {
      return NONE;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(partitioning.field())) {
        return i;
      }
    }
    return NONE;
  }

  void check(Object[] row) throws CellException {
    if (index == NONE || row[index] == null) {
      return;
    }
    LocalDate day = day(row[index]);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (day.isBefore(today.minusDays(DAYS_PAST)) || day.isAfter(today.plusDays(DAYS_FUTURE))) {
      throw new CellException(
          ("Value %s for field %s of the destination table %s is outside the allowed bounds. You"
                  + " can only stream to date range within %d days in the past and %d days in the"
                  + " future relative to the current date.")
              .formatted(
                  row[index], table.partitioning().field(), table.ref(), DAYS_PAST, DAYS_FUTURE));
    }
  }

  private static LocalDate day(Object value) {
    if (value instanceof LocalDate date) {
      return date;
    }
    return value instanceof LocalDateTime dateTime
        ? dateTime.toLocalDate()
        : LocalDate.ofInstant((Instant) value, ZoneOffset.UTC);
  }
}
