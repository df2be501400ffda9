package io.tributary.emulator.write;

import static io.tributary.emulator.write.TableStreams.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams that are created for one daily partition of a table, {@code T$YYYYMMDD}. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class DecoratedStreamTest {
  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  DecoratedStreamTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newName();
    bigQuery
        .rest()
        .create(
            TableInfo.of(
                table,
                StandardTableDefinition.newBuilder()
                    .setSchema(Schema.of(ID))
                    .setTimePartitioning(TimePartitioning.of(TimePartitioning.Type.DAY))
                    .build()));
  }

  private TableStreams partition(LocalDate day) {
    String decorated = table.getTable() + "$" + day.toString().replace("-", "");
    return new TableStreams(bigQuery, TableId.of(table.getDataset(), decorated));
  }

  private static LocalDate inDays(int days) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(days);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "A COMMITTED, BUFFERED or PENDING stream that is created for T$YYYYMMDD writes to that"
              + " daily partition.",
      source = Sources.WRITE_API)
  void createdStreamsWriteToTheirPartition() throws Exception {
    TableStreams committed = partition(inDays(-1));
    committed.append(committed.create(WriteStream.Type.COMMITTED), 0, 1L);
    TableStreams buffered = partition(inDays(-2));
    String stream = buffered.create(WriteStream.Type.BUFFERED);
    buffered.append(stream, 0, 2L);
    buffered.flush(stream, 0);
    TableStreams pending = partition(inDays(-3));
    assertThat(pending.commit(pending.sealed(3L)).hasCommitTime()).isTrue();
    assertThat(
            bigQuery.query(
                "SELECT id, _PARTITIONDATE FROM " + BigQueryUnderTest.sql(table) + " ORDER BY id"))
        .containsExactly("1 " + inDays(-1), "2 " + inDays(-2), "3 " + inDays(-3));
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "CreateWriteStream for a partition more than 31 days past or 16 days ahead is refused"
              + " with INVALID_ARGUMENT.",
      source = Sources.WRITE_API)
  void partitionsThatAreTooFarAway() {
    for (int days : new int[] {-33, 18}) {
      assertThatThrownBy(() -> partition(inDays(days)).create(WriteStream.Type.PENDING))
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  /** Not documented: a commit names the partition that its streams were created for. */
  @Test
  void aCommitNamesThePartition() {
    String stream = partition(inDays(0)).sealed(1L);
    assertThatThrownBy(() -> partition(inDays(-1)).commit(stream))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
