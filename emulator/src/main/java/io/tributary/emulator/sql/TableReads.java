package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedColumn;
import com.google.zetasql.resolvedast.ResolvedMergeWhenEnums.ActionType;
import com.google.zetasql.resolvedast.ResolvedMergeWhenEnums.MatchType;
import com.google.zetasql.resolvedast.ResolvedNodes;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableAsSelectStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDeleteStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFilterScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedInsertStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeWhen;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSubqueryExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedUpdateStmt;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns of which partitions a statement reads. */
public final class TableReads extends ResolvedNodes.Visitor {
  private final PrintContext context;
  private final Deque<ResolvedExpr> conditions = new ArrayDeque<>();
  private final List<Read> reads = new ArrayList<>();

  /**
   * A table that is read.
   *
   * @param bytes a DuckDB query for the logical size of what is read
   * @param pruned whether a condition tells which partitions
   */
  public record Read(StoredTable table, String bytes, boolean pruned) {}

  private TableReads(PrintContext context) {
    this.context = context;
  }

  /** The reads of a statement; of what it changes, all that it has to rewrite. */
  public static List<Read> of(ResolvedStatement statement, PrintContext context) {
    TableReads reads = new TableReads(context);
    if (statement instanceof ResolvedQueryStmt
        || statement instanceof ResolvedCreateTableAsSelectStmt) {
      statement.accept(reads);
    } else if (statement instanceof ResolvedInsertStmt insert) {
      if (insert.getQuery() != null) {
        insert.getQuery().accept(reads);
      }
      insert.getRowList().forEach(row -> row.accept(reads));
    } else if (statement instanceof ResolvedUpdateStmt update) {
      reads.addConditions(update.getWhereExpr());
      reads.changed(update.getTableScan());
      if (update.getFromScan() != null) {
        update.getFromScan().accept(reads);
      }
      update.getWhereExpr().accept(reads);
      update.getUpdateItemList().forEach(item -> item.accept(reads));
    } else if (statement instanceof ResolvedDeleteStmt delete) {
      reads.addConditions(delete.getWhereExpr());
      reads.changed(delete.getTableScan());
      delete.getWhereExpr().accept(reads);
    } else if (statement instanceof ResolvedMergeStmt merge) {
      reads.merge(merge);
    }
    return reads.reads;
  }

  private void merge(ResolvedMergeStmt merge) {
    boolean changes = false;
    boolean anywhere = false;
    for (ResolvedMergeWhen clause : merge.getWhenClauseList()) {
      changes |= clause.getActionType() != ActionType.INSERT;
      anywhere |= clause.getMatchType() == MatchType.NOT_MATCHED_BY_SOURCE;
    }
    if (!anywhere) {
      addConditions(merge.getMergeExpr());
    }
    if (changes) {
      changed(merge.getTableScan());
    } else {
      merge.getTableScan().accept(this);
    }
    merge.getFromScan().accept(this);
    merge.getWhenClauseList().forEach(clause -> clause.accept(this));
  }

  private void addConditions(ResolvedExpr expr) {
    if (expr instanceof ResolvedFunctionCall call && call.getFunction().getName().equals("$and")) {
      call.getArgumentList().forEach(this::addConditions);
    } else {
      conditions.push(expr);
    }
  }

  @Override
  public void visit(ResolvedFilterScan scan) {
    int outer = conditions.size();
    addConditions(scan.getFilterExpr());
    super.visit(scan);
    while (conditions.size() > outer) {
      conditions.pop();
    }
  }

  @Override
  public void visit(ResolvedTableScan scan) {
    QuerySource source = context.source(scan.getTable());
    if (source instanceof QuerySource.Stored stored) {
      List<Column> columns =
          scan.getColumnList().stream()
              .flatMap(column -> stored.table().column(column.getName()).stream())
              .toList();
      add(stored.table(), scan, columns);
    } else if (source instanceof QuerySource.View view) {
      view.query().accept(this);
    }
  }

  private void changed(ResolvedTableScan scan) {
    if (context.source(scan.getTable()) instanceof QuerySource.Stored stored) {
      add(stored.table(), scan, stored.table().definition().columns());
    }
  }

  private void add(StoredTable table, ResolvedTableScan scan, List<Column> columns) {
    Optional<String> partitions = partitions(table, scan);
    String bytes =
        "SELECT coalesce(sum(%s), 0)::BIGINT FROM %s"
            .formatted(LogicalSizes.print(columns), table.physicalName());
    reads.add(new Read(table, bytes + partitions.orElse(""), partitions.isPresent()));
  }

  /** The partitions that have a row which meets all conditions on the partitioning column. */
  private Optional<String> partitions(StoredTable table, ResolvedTableScan scan) {
    if (table.definition().partitioning() == null) {
      return Optional.empty();
    }
    Set<Long> keys = new HashSet<>();
    for (ResolvedColumn column : scan.getColumnList()) {
      boolean day = table.ingestionTime() && column.getName().equals(QueryCatalog.PARTITION_DATE);
      if (day || column.getName().equalsIgnoreCase(Partitions.column(table))) {
        keys.add(column.getId());
      }
    }
    ScanPrinter scans = new ScanPrinter(context, "c");
    List<String> met = new ArrayList<>();
    for (ResolvedExpr condition : conditions) {
      if (ColumnsOf.expr(condition).only(keys)) {
        met.add(scans.exprs().print(condition));
      }
    }
    String key = Partitions.key(table);
    return met.isEmpty()
        ? Optional.empty()
        : Optional.of(
            " WHERE %s IN (SELECT DISTINCT part FROM (%s) WHERE %s)"
                .formatted(
                    key, scans.table(scan, List.of(key + " AS part")), String.join(" AND ", met)));
  }

  /** What an expression depends on. */
  private static final class ColumnsOf extends ResolvedNodes.Visitor {
    private final Set<Long> columns = new HashSet<>();
    private boolean subquery;

    static ColumnsOf expr(ResolvedExpr expr) {
      ColumnsOf found = new ColumnsOf();
      expr.accept(found);
      return found;
    }

    boolean only(Set<Long> keys) {
      return !subquery && !columns.isEmpty() && keys.containsAll(columns);
    }

    @Override
    public void visit(ResolvedColumnRef ref) {
      columns.add(ref.getColumn().getId());
    }

    @Override
    public void visit(ResolvedSubqueryExpr expr) {
      subquery = true;
    }
  }
}
