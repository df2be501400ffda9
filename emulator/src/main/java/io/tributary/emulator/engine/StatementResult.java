package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.TableRef;
import java.util.List;

/**
 * What a statement or a script gave.
 *
 * @param statementType as in job statistics: SELECT, INSERT, MERGE, CREATE_TABLE, SCRIPT...
 * @param schema the columns of the rows; empty if there are none
 * @param dmlStats null unless the statement is DML
 * @param ddlTargetTable null unless the statement is DDL about a table
 * @param ddlOperation CREATE, SKIP, REPLACE, ALTER or DROP; null unless DDL
 * @param bytesProcessed the logical bytes of the columns and partitions that it reads
 * @param children the statements of a script in the order in which they ran; the script itself
 *     carries the rows of the last SELECT among them
 */
public record StatementResult(
    String statementType,
    List<Column> schema,
    ResultRows rows,
    DmlStats dmlStats,
    TableRef ddlTargetTable,
    String ddlOperation,
    long bytesProcessed,
    List<ScriptStatement> children,
    List<TableRef> referencedTables) {
  private static final long MEGABYTE = 1024 * 1024;
  private static final long LEAST_BILLED = 10 * MEGABYTE;

  public StatementResult {
    schema = List.copyOf(schema);
    children = List.copyOf(children);
    referencedTables = List.copyOf(referencedTables);
  }

  /** The same, having read so much. */
  StatementResult reading(long bytes) {
    return new StatementResult(
        statementType,
        schema,
        rows,
        dmlStats,
        ddlTargetTable,
        ddlOperation,
        bytes,
        children,
        referencedTables);
  }

  /** What is billed on demand: whole megabytes, and at least ten for each table that is read. */
  public long bytesBilled() {
    if (!children.isEmpty()) {
      return children.stream().mapToLong(child -> child.result().bytesBilled()).sum();
    }
    if (bytesProcessed == 0) {
      return 0;
    }
    long least = LEAST_BILLED * Math.max(1, referencedTables.size());
    return Math.max(least, (bytesProcessed + MEGABYTE - 1) / MEGABYTE * MEGABYTE);
  }

  /** Of the job in the background that applies the changes a table has taken. */
  public static StatementResult ofBackground(TableRef table) {
    return new StatementResult(
        "MERGE", List.of(), ResultRows.NONE, null, null, null, 0, List.of(), List.of(table));
  }
}
