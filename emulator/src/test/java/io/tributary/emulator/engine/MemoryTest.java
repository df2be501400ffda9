package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.limits.Quotas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An engine that is given little memory. */
class MemoryTest {
  private static final TableRef TABLE = new DatasetRef("p", "d").table("t");
  private static final int BATCHES = 70;
  private static final int ROWS = 1000;

  private final Random random = new Random(7);

  @Test
  void takesMoreRowsThanItsMemoryHolds() {
    try (Engine engine =
        Engine.open(
            new Storage(null, "48MB"),
            Clock.systemUTC(),
            StatementHook.NONE,
            ChangeOptions.defaults(),
            Quotas.UNLIMITED.dml())) {
      engine.createDataset(DatasetDefinition.of(TABLE.datasetRef()));
      List<Column> columns = List.of(Column.nullable("data", ColumnType.BYTES));
      engine.createTable(TableDefinition.of(TABLE, columns));
      // 70 MB that no compression makes smaller
      for (int batch = 0; batch < BATCHES; batch++) {
        engine.append(TABLE, List.of(new RowBatch(columns, rows())));
      }
      assertThat(engine.rowCount(TABLE)).isEqualTo(BATCHES * ROWS);
      StatementResult result =
          engine.run(QueryRequest.of("p", "SELECT COUNT(DISTINCT SUBSTR(data, 1, 8)) FROM d.t"));
      assertThat(result.rows().rows().get(0)[0]).isEqualTo((long) BATCHES * ROWS);
    }
  }

  private List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      byte[] data = new byte[1000];
      random.nextBytes(data);
      rows.add(new Object[] {data});
    }
    return rows;
  }
}
