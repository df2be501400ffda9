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
 * @param bytesProcessed an estimate: logical bytes of the referenced tables
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
    List<StatementResult> children,
    List<TableRef> referencedTables) {

  public StatementResult {
    schema = List.copyOf(schema);
    children = List.copyOf(children);
    referencedTables = List.copyOf(referencedTables);
  }
}
