package io.tributary.emulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that arrive twice: offsets and job ids are what makes that harmless. */
@EmulatorOnly
@ExtendWith(BigQueryUnderTest.Shared.class)
final class DuplicateTest {
  private static final Message IDS = Message.ids();
  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  DuplicateTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "A request to the default stream that arrives twice is stored twice.",
      source = Sources.WRITE_API)
  @Behaviour(
      area = Area.APPEND,
      says = "A request with an offset that arrives twice is stored once.",
      source = Sources.WRITE_API)
  void anAppendWithoutAnOffsetIsStoredTwiceAndOneWithAnOffsetOnce() throws Exception {
    String unordered = BigQueryUnderTest.path(table) + "/streams/_default";
    String ordered =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(table),
                WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED).build())
            .getName();
    try (Fault twice =
            bigQuery
                .emulator()
                .faults()
                .duplicate(CallMatch.of("AppendRows").onTable(BigQueryUnderTest.ref(table)));
        StreamWriter loose = bigQuery.writer(unordered, IDS);
        StreamWriter exact = bigQuery.writer(ordered, IDS)) {
      loose.append(IDS.rows(1L)).get();
      exact.append(IDS.rows(2L), 0).get();
      assertThat(twice.fired()).isEqualTo(2);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "1", "2");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job that is inserted twice under one id runs once.",
      source = Sources.REST_JOB_REFERENCE)
  void aJobThatArrivesTwiceRunsOnce() throws Exception {
    try (Fault twice =
        bigQuery
            .emulator()
            .faults()
            .duplicate(CallMatch.of("jobs.insert").onJob("delivered_twice"::equals))) {
      bigQuery
          .rest()
          .create(
              JobInfo.newBuilder(
                      QueryJobConfiguration.of(
                          "INSERT " + BigQueryUnderTest.sql(table) + " VALUES (7)"))
                  .setJobId(JobId.of("delivered_twice"))
                  .build())
          .waitFor();
      assertThat(twice.fired()).isEqualTo(1);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("7");
  }
}
