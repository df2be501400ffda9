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

/** Definitions kept in the database itself, so that a file can be opened again. */
final class CatalogFile {
  private final Database database;
  private final JsonMapper mapper = mapper();

  CatalogFile(Database database) {
    this.database = database;
    run("CREATE TABLE IF NOT EXISTS catalog_entries (kind VARCHAR, name VARCHAR, json VARCHAR)");
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

  void save(DatasetDefinition dataset) {
    save("dataset", dataset.ref().toString(), dataset);
  }

  void save(StoredTable table) {
    save("table", table.definition().ref().toString(), table);
  }

  void delete(DatasetRef ref) {
    run("DELETE FROM catalog_entries WHERE kind = 'dataset' AND name = ?", ref.toString());
  }

  void delete(TableRef ref) {
    run("DELETE FROM catalog_entries WHERE kind = 'table' AND name = ?", ref.toString());
  }

  private void save(String kind, String name, Object value) {
    try {
      run("DELETE FROM catalog_entries WHERE kind = ? AND name = ?", kind, name);
      run(
          "INSERT INTO catalog_entries VALUES (?, ?, ?)",
          kind,
          name,
          mapper.writeValueAsString(value));
    } catch (JacksonException e) {
      throw BigQueryError.internal("Cannot write the catalog of the database file", e);
    }
  }

  private void run(String sql, String... values) {
    try (DuckDBConnection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
      connection.commit();
    } catch (SQLException e) {
      throw BigQueryError.internal("Cannot write the catalog of the database file", e);
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
