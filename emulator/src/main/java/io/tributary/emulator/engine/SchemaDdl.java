package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedCreateStatementEnums.CreateMode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateSchemaStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOption;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CREATE SCHEMA and DROP SCHEMA. */
final class SchemaDdl {
  private final TableStore store;

  SchemaDdl(TableStore store) {
    this.store = store;
  }

  StatementResult create(ResolvedCreateSchemaStmt statement, Session session, DdlOptions options)
      throws SQLException {
    List<String> path = statement.getNamePath();
    DatasetRef ref = schema(path, session);
    String location = null;
    String description = null;
    Map<String, String> labels = null;
    Long life = null;
    for (ResolvedOption option : statement.getOptionList()) {
      Object value = options.value(option);
      switch (option.getName().toLowerCase(Locale.ROOT)) {
        case "location" -> location = (String) value;
        case "description" -> description = (String) value;
        case "labels" -> labels = DdlOptions.labels(value);
        case "default_table_expiration_days" ->
            life = (long) (Double.parseDouble(value.toString()) * 86_400_000L);
        default ->
            throw BigQueryError.notImplemented("Option " + option.getName() + " is not supported");
      }
    }
    boolean exists = store.datasets().find(ref).isPresent();
    if (exists && statement.getCreateMode() == CreateMode.CREATE_IF_NOT_EXISTS) {
      return DdlRunner.result("CREATE_SCHEMA", null, "SKIP", List.of());
    }
    if (!session.request().dryRun()) {
      store
          .datasets()
          .create(
              new DatasetDefinition(ref, location, labels, description, life, null, null, null));
    }
    return DdlRunner.result("CREATE_SCHEMA", null, "CREATE", List.of());
  }

  private static DatasetRef schema(List<String> path, Session session) {
    return path.size() == 1
        ? new DatasetRef(session.request().project(), path.get(0))
        : new DatasetRef(path.get(0), path.get(1));
  }

  StatementResult drop(ResolvedDropStmt statement, Session session) {
    DatasetRef ref = schema(statement.getNamePath(), session);
    if (store.datasets().find(ref).isEmpty() && statement.getIsIfExists()) {
      return DdlRunner.result("DROP_SCHEMA", null, "SKIP", List.of());
    }
    if (!session.request().dryRun()) {
      store.deleteDataset(ref, statement.getDropMode().name().equals("CASCADE"));
    }
    return DdlRunner.result("DROP_SCHEMA", null, "DROP", List.of());
  }
}
