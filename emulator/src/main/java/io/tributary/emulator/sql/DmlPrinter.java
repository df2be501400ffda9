package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedColumn;
import com.google.zetasql.resolvedast.ResolvedMergeWhenEnums.ActionType;
import com.google.zetasql.resolvedast.ResolvedMergeWhenEnums.MatchType;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDMLDefault;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDMLValue;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDeleteStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedInsertRow;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedInsertStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeWhen;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTruncateStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedUpdateItem;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedUpdateStmt;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.DmlSteps.Change;
import io.tributary.emulator.sql.DmlSteps.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints INSERT, UPDATE, DELETE and MERGE. */
public final class DmlPrinter {
  private static final String MATCHES = "dml_matches";

  private final PrintContext context;
  private final DefaultValues defaults;
  private final ScanPrinter scans;
  private final ExprPrinter exprs;

  public DmlPrinter(PrintContext context, DefaultValues defaults) {
    this.context = context;
    this.defaults = defaults;
    this.scans = new ScanPrinter(context, "c");
    this.exprs = scans.exprs();
  }

  /** The table that a scan of a DML statement changes. */
  public static StoredTable target(PrintContext context, ResolvedTableScan scan) {
    if (context.source(scan.getTable()) instanceof QuerySource.Stored stored) {
      return stored.table();
    }
    throw BigQueryError.invalidQuery(
        "Table " + scan.getTable().getFullName() + " is not a table and cannot be changed");
  }

  /** INSERT. */
  public DmlSteps insert(ResolvedInsertStmt statement) {
    refuse(statement.getOnConflictClause() != null, "ON CONFLICT");
    refuse(statement.getAssertRowsModified() != null, "ASSERT_ROWS_MODIFIED");
    refuse(statement.getReturning() != null, "THEN RETURN");
    StoredTable table = target(context, statement.getTableScan());
    List<String> names =
        statement.getInsertColumnList().stream().map(ResolvedColumn::getName).toList();
    String rows;
    if (statement.getQuery() != null) {
      rows = scans.positional(statement.getQuery(), statement.getQueryOutputColumnList(), "w");
    } else {
      rows =
          statement.getRowList().stream()
              .map(row -> "(" + valueRow(row, names, table) + ")")
              .collect(Collectors.joining(" UNION ALL "));
    }
    return new DmlSteps(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(new Change(Kind.INSERT, insertInto(table, names, rows))),
        List.of());
  }

  private String valueRow(ResolvedInsertRow row, List<String> names, StoredTable table) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      items.add(value(row.getValueList().get(i), names.get(i), table) + " AS w" + i);
    }
    return "SELECT " + String.join(", ", items);
  }

  private String value(ResolvedDMLValue value, String name, StoredTable table) {
    return value.getValue() instanceof ResolvedDMLDefault
        ? defaults.print(column(table, name), context)
        : exprs.print(value.getValue());
  }

  private static Column column(StoredTable table, String name) {
    return table.column(name).orElseThrow();
  }

  /** An INSERT of rows whose columns w0, w1... are the columns of these names. */
  public String insertInto(StoredTable table, List<String> names, String rows) {
    Map<String, Integer> given = new LinkedHashMap<>();
    names.forEach(n -> given.put(n.toLowerCase(java.util.Locale.ROOT), given.size()));
    List<String> targets = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> raw = new ArrayList<>(List.of("*"));
    if (table.ingestionTime()) {
      Integer index = given.get(StoredTable.PARTITION_TIME.toLowerCase(java.util.Locale.ROOT));
      targets.add(StoredTable.PARTITION_TIME);
      values.add(index == null ? Partitions.now(table, context.now()) : "w" + index);
    }
    for (Column column : table.definition().columns()) {
      Integer index = given.get(column.name().toLowerCase(java.util.Locale.ROOT));
      String source = "w" + index;
      if (index == null) {
        source = "d" + raw.size();
        raw.add(defaults.print(column, context) + " AS " + source);
      }
      targets.add(SqlText.name(column.name()));
      values.add(WriteForm.store(source, column));
    }
    return "INSERT INTO "
        + table.physicalName()
        + " ("
        + String.join(", ", targets)
        + ") SELECT "
        + String.join(", ", values)
        + " FROM (SELECT "
        + String.join(", ", raw)
        + " FROM ("
        + rows
        + "))";
  }

  /** DELETE. */
  public DmlSteps delete(ResolvedDeleteStmt statement) {
    refuse(statement.getAssertRowsModified() != null, "ASSERT_ROWS_MODIFIED");
    refuse(statement.getReturning() != null, "THEN RETURN");
    StoredTable table = target(context, statement.getTableScan());
    String rows =
        "SELECT rid FROM ("
            + scans.table(statement.getTableScan(), List.of("rowid AS rid"))
            + ") WHERE "
            + exprs.print(statement.getWhereExpr());
    return new DmlSteps(
        List.of(),
        Optional.of(rows),
        Optional.empty(),
        List.of(
            new Change(
                Kind.DELETE,
                "DELETE FROM " + table.physicalName() + " WHERE rowid IN (" + rows + ")")),
        List.of());
  }

  /** TRUNCATE TABLE. */
  public DmlSteps truncate(ResolvedTruncateStmt statement) {
    refuse(statement.getWhereExpr() != null, "TRUNCATE with WHERE");
    String table = target(context, statement.getTableScan()).physicalName();
    return new DmlSteps(
        List.of(),
        Optional.of("SELECT rowid FROM " + table),
        Optional.empty(),
        List.of(new Change(Kind.DELETE, "DELETE FROM " + table)),
        List.of());
  }

  /** UPDATE. */
  public DmlSteps update(ResolvedUpdateStmt statement) {
    refuse(statement.getAssertRowsModified() != null, "ASSERT_ROWS_MODIFIED");
    refuse(statement.getReturning() != null, "THEN RETURN");
    StoredTable table = target(context, statement.getTableScan());
    String rows =
        "SELECT *, 0 AS act FROM ("
            + scans.table(statement.getTableScan(), List.of("rowid AS rid"))
            + ") AS t"
            + (statement.getFromScan() == null
                ? ""
                : ", (" + scans.print(statement.getFromScan()) + ") AS s")
            + " WHERE "
            + exprs.print(statement.getWhereExpr());
    return new DmlSteps(
        List.of(temporary(rows)),
        Optional.of("SELECT rid FROM " + MATCHES),
        statement.getFromScan() == null ? Optional.empty() : Optional.of(duplicates(List.of(0))),
        List.of(updateOf(table, statement.getUpdateItemList(), 0)),
        List.of(MATCHES));
  }

  /** MERGE. */
  public DmlSteps merge(ResolvedMergeStmt statement) {
    StoredTable table = target(context, statement.getTableScan());
    List<ResolvedMergeWhen> clauses = statement.getWhenClauseList();
    List<Integer> changing = new ArrayList<>();
    boolean updating = false;
    List<Change> deletes = new ArrayList<>();
    List<Change> updates = new ArrayList<>();
    List<Change> inserts = new ArrayList<>();
    StringBuilder action = new StringBuilder("CASE");
    for (int i = 0; i < clauses.size(); i++) {
      ResolvedMergeWhen clause = clauses.get(i);
      action.append(" WHEN ").append(side(clause.getMatchType()));
      if (clause.getMatchExpr() != null) {
        action.append(" AND ").append(exprs.print(clause.getMatchExpr()));
      }
      action.append(" THEN ").append(i);
      if (clause.getActionType() == ActionType.INSERT) {
        inserts.add(new Change(Kind.INSERT, insertOf(table, clause, i)));
        continue;
      }
      if (clause.getMatchType() == MatchType.MATCHED) {
        changing.add(i);
        updating |= clause.getActionType() == ActionType.UPDATE;
      }
      if (clause.getActionType() == ActionType.DELETE) {
        deletes.add(
            new Change(
                Kind.DELETE,
                "DELETE FROM "
                    + table.physicalName()
                    + " WHERE rowid IN (SELECT rid FROM "
                    + MATCHES
                    + " WHERE act = "
                    + i
                    + ")"));
      } else {
        updates.add(updateOf(table, clause.getUpdateItemList(), i));
      }
    }
    String rows =
        "SELECT *, "
            + action
            + " END AS act FROM ("
            + scans.table(statement.getTableScan(), List.of("rowid AS rid"))
            + ") AS t "
            + joinKind(clauses)
            + " JOIN (SELECT *, TRUE AS present FROM ("
            + scans.print(statement.getFromScan())
            + ")) AS s ON "
            + exprs.print(statement.getMergeExpr());
    List<Change> changes = new ArrayList<>(updates);
    changes.addAll(deletes);
    changes.addAll(inserts);
    return new DmlSteps(
        List.of(temporary("SELECT * FROM (" + rows + ") WHERE act IS NOT NULL")),
        Optional.of("SELECT rid FROM " + MATCHES + " WHERE rid IS NOT NULL"),
        // without an UPDATE, to delete a row for several source rows does no harm
        updating ? Optional.of(duplicates(changing)) : Optional.empty(),
        changes,
        List.of(MATCHES));
  }

  private static String side(MatchType type) {
    return switch (type) {
      case MATCHED -> "rid IS NOT NULL AND present";
      case NOT_MATCHED_BY_SOURCE -> "rid IS NOT NULL AND present IS NULL";
      default -> "rid IS NULL";
    };
  }

  /** Rows of a side that no clause can touch need not survive the join. */
  private static String joinKind(List<ResolvedMergeWhen> clauses) {
    boolean target =
        clauses.stream().anyMatch(c -> c.getMatchType() == MatchType.NOT_MATCHED_BY_SOURCE);
    boolean source =
        clauses.stream().anyMatch(c -> c.getMatchType() == MatchType.NOT_MATCHED_BY_TARGET);
    if (target) {
      return source ? "FULL" : "LEFT";
    }
    return source ? "RIGHT" : "INNER";
  }

  private static String temporary(String rows) {
    return "CREATE OR REPLACE TEMP TABLE " + MATCHES + " AS " + rows;
  }

  private static String duplicates(List<Integer> actions) {
    return "SELECT 1 FROM "
        + MATCHES
        + " WHERE act IN ("
        + actions.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ") GROUP BY rid HAVING count(*) > 1 LIMIT 1";
  }

  private String insertOf(StoredTable table, ResolvedMergeWhen clause, int action) {
    List<String> names =
        clause.getInsertColumnList().stream().map(ResolvedColumn::getName).toList();
    return insertInto(
        table,
        names,
        valueRow(clause.getInsertRow(), names, table)
            + " FROM "
            + MATCHES
            + " WHERE act = "
            + action);
  }

  private Change updateOf(StoredTable table, List<ResolvedUpdateItem> items, int action) {
    Map<String, UpdateValue> values = new LinkedHashMap<>();
    for (ResolvedUpdateItem item : items) {
      UpdateValue.add(values, item, exprs, name -> defaults.print(column(table, name), context));
    }
    List<String> sources = new ArrayList<>(List.of("rid"));
    Map<String, String> stored = new LinkedHashMap<>();
    for (Map.Entry<String, UpdateValue> entry : values.entrySet()) {
      String alias = "u" + sources.size();
      sources.add(entry.getValue().print() + " AS " + alias);
      stored.put(entry.getKey(), WriteForm.store("u." + alias, column(table, entry.getKey())));
    }
    String rows =
        "(SELECT %s FROM %s WHERE act = %d) AS u"
            .formatted(String.join(", ", sources), MATCHES, action);
    String assignments =
        stored.entrySet().stream()
            .map(set -> SqlText.name(set.getKey()) + " = " + set.getValue())
            .collect(Collectors.joining(", "));
    return new Change(
        Kind.UPDATE,
        "UPDATE %s AS t SET %s FROM %s WHERE t.rowid = u.rid"
            .formatted(table.physicalName(), assignments, rows),
        moves(table, stored, rows));
  }

  private static Optional<String> moves(
      StoredTable table, Map<String, String> stored, String rows) {
    if (table.definition().partitioning() == null) {
      return Optional.empty();
    }
    String column = Partitions.column(table);
    return stored.entrySet().stream()
        .filter(set -> set.getKey().equalsIgnoreCase(column))
        .map(
            set ->
                "(SELECT %s AS %s FROM %s)".formatted(set.getValue(), SqlText.name(column), rows))
        .map(moved -> Partitions.keys(table, moved))
        .findFirst();
  }

  private static void refuse(boolean condition, String what) {
    if (condition) {
      throw BigQueryError.notImplemented(what + " is not supported");
    }
  }
}
