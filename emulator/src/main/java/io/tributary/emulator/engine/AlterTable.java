package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAddColumnAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAddConstraintAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnDropDefaultAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnDropNotNullAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnOptionsAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnSetDataTypeAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterColumnSetDefaultAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterTableSetOptionsStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropColumnAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropPrimaryKeyAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOption;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedPrimaryKey;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedRenameColumnAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedRenameToAction;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSetOptionsAction;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.Types;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** ALTER TABLE. */
final class AlterTable {
  private static final Map<ColumnType, Set<ColumnType>> WIDER =
      Map.of(
          ColumnType.INT64,
          Set.of(ColumnType.NUMERIC, ColumnType.BIGNUMERIC, ColumnType.FLOAT64),
          ColumnType.NUMERIC,
          Set.of(ColumnType.BIGNUMERIC, ColumnType.FLOAT64));

  private final TableStore store;
  private final DdlOptions options;

  AlterTable(TableStore store, DdlOptions options) {
    this.store = store;
    this.options = options;
  }

  StatementResult setOptions(ResolvedAlterTableSetOptionsStmt statement, Session session)
      throws SQLException {
    TableRef ref = TablePaths.resolve(statement.getNamePath(), session.request());
    if (statement.getIsIfExists() && store.find(ref).isEmpty()) {
      return skipped(ref);
    }
    StoredTable table = store.get(ref);
    TableEdits edits = TableEdits.of(table.definition());
    options.apply(statement.getOptionList(), edits);
    return finish(table, edits, session);
  }

  StatementResult run(ResolvedAlterTableStmt statement, Session session) throws SQLException {
    TableRef ref = TablePaths.resolve(statement.getNamePath(), session.request());
    if (statement.getIsIfExists() && store.find(ref).isEmpty()) {
      return skipped(ref);
    }
    StoredTable table = store.get(ref);
    if (statement.getAlterActionList().get(0) instanceof ResolvedRenameToAction rename) {
      return rename(table, rename, session);
    } else if (statement.getAlterActionList().get(0) instanceof ResolvedRenameColumnAction) {
      return renameColumns(table, statement.getAlterActionList(), session);
    }
    TableEdits edits = TableEdits.of(table.definition());
    for (ResolvedAlterAction action : statement.getAlterActionList()) {
      apply(action, edits, table.definition());
    }
    return finish(table, edits, session);
  }

  private StatementResult rename(
      StoredTable table, ResolvedRenameToAction rename, Session session) {
    TableRef old = table.definition().ref();
    if (rename.getNewPath().size() != 1) {
      throw BigQueryError.invalidQuery("The new name of a table must not name a dataset");
    }
    if (!session.request().dryRun()) {
      store.rename(table, old.datasetRef().table(rename.getNewPath().get(0)));
    }
    return DdlRunner.result("ALTER_TABLE", old, "ALTER", List.of());
  }

  private StatementResult renameColumns(
      StoredTable table, List<ResolvedAlterAction> actions, Session session) {
    TableDefinition before = table.definition();
    if (!before.primaryKey().isEmpty()) {
      throw BigQueryError.notImplemented(
          "RENAME COLUMN of a table with a primary key is not supported");
    }
    TableEdits edits = TableEdits.of(before);
    Map<String, String> names = new LinkedHashMap<>();
    for (ResolvedAlterAction action : actions) {
      if (!(action instanceof ResolvedRenameColumnAction rename)) {
        throw BigQueryError.notImplemented("RENAME COLUMN beside other actions is not supported");
      }
      Optional<Column> column = find(edits, rename.getName());
      if (column.isEmpty() && rename.getIsIfExists()) {
        continue;
      }
      refuseSpecial(column.orElseThrow(() -> missing(rename.getName())).name(), before, "rename");
      if (find(edits, rename.getNewName()).isPresent()) {
        throw BigQueryError.invalidQuery("Column already exists: " + rename.getNewName());
      }
      names.put(column.get().name(), rename.getNewName());
      replace(edits, column.get(), c -> DdlColumns.named(c, rename.getNewName()));
    }
    if (!session.request().dryRun()) {
      store.renameColumns(table, names, edits.done());
    }
    return DdlRunner.result("ALTER_TABLE", before.ref(), "ALTER", List.of());
  }

  private static StatementResult skipped(TableRef ref) {
    return DdlRunner.result("ALTER_TABLE", ref, "SKIP", List.of());
  }

  private StatementResult finish(StoredTable table, TableEdits edits, Session session) {
    if (!session.request().dryRun()) {
      store.change(table, edits.done());
    }
    return DdlRunner.result("ALTER_TABLE", table.definition().ref(), "ALTER", List.of());
  }

  private void apply(ResolvedAlterAction action, TableEdits edits, TableDefinition before)
      throws SQLException {
    if (action instanceof ResolvedSetOptionsAction set) {
      options.apply(set.getOptionList(), edits);
    } else if (action instanceof ResolvedAddColumnAction add) {
      add(add, edits);
    } else if (action instanceof ResolvedDropColumnAction drop) {
      drop(drop, edits, before);
    } else if (action instanceof ResolvedAlterColumnAction alter) {
      alter(alter, edits, before);
    } else if (action instanceof ResolvedAddConstraintAction add
        && add.getConstraint() instanceof ResolvedPrimaryKey key) {
      if (!before.primaryKey().isEmpty()) {
        throw BigQueryError.invalidQuery("Already Exists: primary key of " + before.ref());
      }
      edits.primaryKey(key.getColumnNameList());
    } else if (action instanceof ResolvedDropPrimaryKeyAction) {
      edits.primaryKey(List.of());
    } else {
      throw BigQueryError.notImplemented(
          "ALTER TABLE "
              + action.getClass().getSimpleName().replaceAll("^Resolved|Action$", "")
              + " is not supported");
    }
  }

  private static Optional<Column> find(TableEdits edits, String name) {
    return edits.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  private void add(ResolvedAddColumnAction action, TableEdits edits) throws SQLException {
    Column column = new DdlColumns(options).column(action.getColumnDefinition());
    if (find(edits, column.name()).isPresent()) {
      if (action.getIsIfNotExists()) {
        return;
      }
      throw BigQueryError.invalidQuery("Column already exists: " + column.name());
    }
    if (column.mode() == Mode.REQUIRED) {
      throw BigQueryError.invalidQuery(
          "Cannot add required fields to an existing schema. (field: " + column.name() + ")");
    }
    if (column.defaultValueExpression() != null) {
      throw BigQueryError.invalidQuery(
          "Cannot add a column with a default value; add it, then SET DEFAULT (field: "
              + column.name()
              + ")");
    }
    List<Column> columns = new ArrayList<>(edits.columns());
    columns.add(column);
    edits.columns(columns);
  }

  private static void drop(
      ResolvedDropColumnAction action, TableEdits edits, TableDefinition before) {
    String name = action.getName();
    if (find(edits, name).isEmpty()) {
      if (action.getIsIfExists()) {
        return;
      }
      throw missing(name);
    }
    refuseSpecial(name, before, "drop");
    edits.columns(edits.columns().stream().filter(c -> !c.name().equalsIgnoreCase(name)).toList());
  }

  private static BigQueryError missing(String name) {
    return BigQueryError.invalidQuery("Column not found: " + name);
  }

  private static void refuseSpecial(String name, TableDefinition table, String what) {
    boolean special =
        table.primaryKey().stream().anyMatch(name::equalsIgnoreCase)
            || table.clustering().stream().anyMatch(name::equalsIgnoreCase)
            || (table.partitioning() != null
                && name.equalsIgnoreCase(table.partitioning().field()));
    if (special) {
      throw BigQueryError.invalidQuery(
          "Cannot "
              + what
              + " column "
              + name
              + ": it is used for the primary key, partitioning or clustering");
    }
  }

  private void alter(ResolvedAlterColumnAction action, TableEdits edits, TableDefinition before)
      throws SQLException {
    Optional<Column> column = find(edits, action.getColumn());
    if (column.isEmpty()) {
      if (action.getIsIfExists()) {
        return;
      }
      throw missing(action.getColumn());
    }
    Column old = column.get();
    if (action instanceof ResolvedAlterColumnDropNotNullAction) {
      if (old.mode() != Mode.REQUIRED) {
        throw BigQueryError.invalidQuery(
            "ALTER COLUMN DROP NOT NULL requires a column with NOT NULL constraint: " + old.name());
      }
      replace(edits, old, c -> c.withMode(Mode.NULLABLE));
    } else if (action instanceof ResolvedAlterColumnSetDataTypeAction set) {
      Column wanted =
          DdlColumns.parameters(
              Types.column(old.name(), set.getUpdatedType()), set.getUpdatedTypeParameters());
      refuseNarrower(old, wanted);
      if (old.type() != wanted.type()) {
        refuseSpecial(old.name(), before, "change the type of");
      }
      replace(
          edits,
          old,
          c ->
              DdlColumns.with(wanted, c.description(), c.defaultValueExpression())
                  .withMode(c.mode()));
    } else if (action instanceof ResolvedAlterColumnSetDefaultAction set) {
      String sql = set.getDefaultValue().getSql();
      replace(edits, old, c -> DdlColumns.with(c, c.description(), sql));
    } else if (action instanceof ResolvedAlterColumnDropDefaultAction) {
      replace(edits, old, c -> DdlColumns.with(c, c.description(), null));
    } else if (action instanceof ResolvedAlterColumnOptionsAction set) {
      String description = old.description();
      for (ResolvedOption option : set.getOptionList()) {
        if (!option.getName().equalsIgnoreCase("description")) {
          throw BigQueryError.notImplemented(
              "Column option " + option.getName() + " is not supported");
        }
        description = (String) options.value(option);
      }
      String text = description;
      replace(edits, old, c -> DdlColumns.with(c, text, c.defaultValueExpression()));
    } else {
      throw BigQueryError.notImplemented(
          action.getClass().getSimpleName().replaceAll("^Resolved|Action$", "")
              + " is not supported");
    }
  }

  private static void replace(TableEdits edits, Column old, UnaryOperator<Column> change) {
    edits.columns(
        edits.columns().stream()
            .map(c -> c.name().equals(old.name()) ? change.apply(c) : c)
            .toList());
  }

  private static void refuseNarrower(Column old, Column wanted) {
    boolean widens =
        (old.mode() == Mode.REPEATED) == (wanted.mode() == Mode.REPEATED)
            && ((old.type() == wanted.type()
                    && fits(old.maxLength(), wanted.maxLength())
                    && digitsFit(old, wanted)
                    && old.fields().size() <= wanted.fields().size())
                || WIDER.getOrDefault(old.type(), Set.of()).contains(wanted.type()));
    if (!widens) {
      throw BigQueryError.invalidQuery(
          "ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type ("
              + TypeText.of(old)
              + ") is assignable to the new type ("
              + TypeText.of(wanted)
              + ")");
    }
    for (int i = 0; i < Math.min(old.fields().size(), wanted.fields().size()); i++) {
      refuseNarrower(old.fields().get(i), wanted.fields().get(i));
    }
  }

  private static boolean fits(Long old, Long wanted) {
    return wanted == null || (old != null && old <= wanted);
  }

  private static boolean digitsFit(Column old, Column wanted) {
    if (wanted.precision() == null) {
      return true;
    }
    if (old.precision() == null) {
      return false;
    }
    long oldScale = old.scale() == null ? 0 : old.scale();
    long newScale = wanted.scale() == null ? 0 : wanted.scale();
    return oldScale <= newScale && old.precision() - oldScale <= wanted.precision() - newScale;
  }
}
