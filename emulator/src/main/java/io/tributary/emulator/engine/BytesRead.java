package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.Partitions;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.TableReads;
import java.sql.SQLException;

/** How much a statement reads, counted before it runs. */
final class BytesRead {
  private BytesRead() {}

  /** The logical bytes; throws if a table demands a filter that the statement does not have. */
  static long count(ResolvedStatement statement, Session session, PrintContext context)
      throws SQLException {
    long bytes = 0;
    for (TableReads.Read read : TableReads.of(statement, context)) {
      boolean demands =
          read.table().definition().partitioning() != null
              && read.table().definition().partitioning().requireFilter();
      if (demands && !read.pruned()) {
        throw unfiltered(read.table());
      }
      bytes += Database.number(session.connection(), read.bytes());
    }
    return bytes;
  }

  private static BigQueryError unfiltered(StoredTable table) {
    TableRef ref = table.definition().ref();
    String columns =
        table.ingestionTime()
            ? "'_PARTITION_LOAD_TIME', '_PARTITIONDATE', '_PARTITIONTIME'"
            : "'" + Partitions.column(table) + "'";
    return BigQueryError.invalidQuery(
        "Cannot query over table '%s.%s.%s' without a filter over column(s) %s that can be used for"
                .formatted(ref.project(), ref.dataset(), ref.table(), columns)
            + " partition elimination");
  }
}
