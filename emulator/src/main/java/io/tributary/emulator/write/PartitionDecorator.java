package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The partition that a stream's name asks for: a day, of tables with a partition per day. */
final class PartitionDecorator {
  private static final int DAYS_PAST = 31;
  private static final int DAYS_FUTURE = 16;

  private PartitionDecorator() {}

  /** The start of the partition, or null if the name asks for none. */
  static Instant start(StreamName stream, TableDefinition table, Clock clock)
      throws WriterSchemaException {
    if (stream.partition() == null) {
      return null;
    }
    Partitioning partitioning = table.partitioning();
    boolean daily =
        partitioning != null
            && partitioning.kind() == Partitioning.Kind.DAY
            && partitioning.field() == null;
    if (!daily) {
      throw refused(stream, "only tables partitioned by day of ingestion take one");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate day = day(stream);
    if (day.isBefore(today.minusDays(DAYS_PAST)) || day.isAfter(today.plusDays(DAYS_FUTURE))) {
      throw refused(
          stream,
          "it must lie within %d days in the past and %d days in the future"
              .formatted(DAYS_PAST, DAYS_FUTURE));
    }
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate day(StreamName stream) throws WriterSchemaException {
    try {
      return LocalDate.parse(stream.partition(), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      throw refused(stream, "it must be a day as YYYYMMDD");
    }
  }

  private static WriterSchemaException refused(StreamName stream, String why) {
    return WriterSchemaException.invalid(
        "Invalid partition decorator $%s: %s.".formatted(stream.partition(), why));
  }
}
