package io.tributary.emulator.engine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/**
 * Definitions kept in the database itself, so that a file can be opened again. They are written in
 * the transaction that changes what they describe.
 */
final class CatalogFile {
  private final Database database;
  private final JsonMapper mapper = mapper();

  CatalogFile(Database database) {
    this.database = database;
    database.transaction(
        connection ->
            Database.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS catalog_entries"
                    + " (kind VARCHAR, name VARCHAR, json VARCHAR)"));
  }

  void load(Consumer<DatasetDefinition> datasets, Consumer<StoredTable> tables) {
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT kind, json FROM catalog_entries")) {
      while (rows.next()) {
        if (rows.getString(1).equals("dataset")) {
          datasets.accept(mapper.readValue(rows.getString(2), DatasetDefinition.class));
        } else {
          tables.accept(mapper.readValue(rows.getString(2), StoredTable.class));
        }
      }
    } catch (SQLException | IOException e) {
      throw BigQueryError.internal("Cannot read the catalog of the database file", e);
    }
  }

  void save(DuckDBConnection connection, DatasetDefinition dataset) throws SQLException {
    save(connection, "dataset", dataset.ref().toString(), dataset);
  }

  void save(DuckDBConnection connection, StoredTable table) throws SQLException {
    save(connection, "table", table.definition().ref().toString(), table);
  }

  void delete(DuckDBConnection connection, DatasetRef ref) throws SQLException {
    delete(connection, "dataset", ref.toString());
  }

  void delete(DuckDBConnection connection, TableRef ref) throws SQLException {
    delete(connection, "table", ref.toString());
  }

  private static void delete(DuckDBConnection connection, String kind, String name)
      throws SQLException {
    run(connection, "DELETE FROM catalog_entries WHERE kind = ? AND name = ?", kind, name);
  }

  private void save(DuckDBConnection connection, String kind, String name, Object value)
      throws SQLException {
    delete(connection, kind, name);
    try {
      run(
          connection,
          "INSERT INTO catalog_entries VALUES (?, ?, ?)",
          kind,
          name,
          mapper.writeValueAsString(value));
    } catch (JacksonException e) {
      throw BigQueryError.internal("Cannot write the catalog of the database file", e);
    }
  }

  private static void run(DuckDBConnection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private static JsonMapper mapper() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(
        new StdSerializer<>(Instant.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(value.toString());
          }
        });
    module.addDeserializer(
        Instant.class,
        new StdDeserializer<>(Instant.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public Instant deserialize(JsonParser in, DeserializationContext context)
              throws IOException {
            return Instant.parse(in.getText());
          }
        });
    return JsonMapper.builder().addModule(module).build();
  }
}
