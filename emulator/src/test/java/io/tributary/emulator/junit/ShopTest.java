package io.tributary.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShopTest {
  @RegisterExtension
  static final BigQueryEmulatorExtension BIG_QUERY =
      BigQueryEmulatorExtension.builder()
          .options(EmulatorOptions.builder().project("local").build())
          .contents(BigQueryEmulatorExtension.Contents.OF_TEST)
          .build();

  private final BigQuery client =
      BigQueryOptions.newBuilder()
          .setHost(BIG_QUERY.restUrl())
          .setProjectId("local")
          .setCredentials(NoCredentials.getInstance())
          .build()
          .getService();

  @Test
  void countsItems(BigQueryEmulator emulator) throws InterruptedException {
    client.create(DatasetInfo.of("shop"));
    client.query(QueryJobConfiguration.of("CREATE TABLE shop.items AS SELECT 1 AS id"));
    assertThat(client.getTable("shop", "items").getNumRows()).isOne();
    assertThat(emulator.calls()).containsKey("tables.get");
  }
}
