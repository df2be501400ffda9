package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract suite goes where the environment sends it. */
class ContractTargetTest {
  @Test
  void withoutVariablesAnEmulatorIsStarted() {
    ContractTarget target = ContractTarget.of(Map.of("HOME", "/"));
    assertThat(target.isEmulator()).isTrue();
  }

  @Test
  void aProjectAloneMeansGoogles() {
    ContractTarget target = ContractTarget.of(Map.of("TRIBUTARY_CONTRACT_PROJECT", "mine"));
    assertThat(target.isEmulator()).isFalse();
    assertThat(target.project()).isEqualTo("mine");
    assertThat(target.rest()).isNull();
    assertThat(target.grpc()).isNull();
  }

  @Test
  void everyRunHasADatasetOfItsOwn() {
    Map<String, String> environment = Map.of("TRIBUTARY_CONTRACT_PROJECT", "mine");
    assertThat(ContractTarget.of(environment).dataset())
        .startsWith("tributary_contract_")
        .isNotEqualTo(ContractTarget.of(environment).dataset());
  }

  /** All calls of the suite arrive at the server of the variables, which is left as it was. */
  @Test
  void theVariablesNameAServer() throws Exception {
    try (BigQueryEmulator server = BigQueryEmulator.start(EmulatorOptions.defaults())) {
      ContractTarget target =
          ContractTarget.of(
              Map.of(
                  "TRIBUTARY_CONTRACT_PROJECT", "elsewhere",
                  "TRIBUTARY_CONTRACT_REST", server.restUrl(),
                  "TRIBUTARY_CONTRACT_GRPC", server.grpcEndpoint()));
      try (BigQueryUnderTest bigQuery = BigQueryUnderTest.at(target)) {
        TableId table = TableId.of("elsewhere", target.dataset(), "t");
        bigQuery
            .rest()
            .create(
                com.google.cloud.bigquery.TableInfo.of(
                    table,
                    com.google.cloud.bigquery.StandardTableDefinition.of(
                        com.google.cloud.bigquery.Schema.of(
                            Field.of("id", StandardSQLTypeName.INT64)))));
        String stream =
            "projects/elsewhere/datasets/%s/tables/t/streams/_default".formatted(target.dataset());
        try (StreamWriter writer = bigQuery.writer(stream, Message.ids())) {
          writer.append(Message.ids().rows(1L)).get();
        }
        bigQuery.rest().create(DatasetInfo.of(target.dataset() + "_other"));
        assertThat(server.engine().datasets("elsewhere"))
            .extracting(DatasetDefinition::ref)
            .extracting(DatasetRef::dataset)
            .containsExactly(target.dataset(), target.dataset() + "_other");
        assertThat(server.appendLog()).hasSize(1);
        assertThat(server.calls()).containsKeys("datasets.insert", "tables.insert", "AppendRows");
      }
      assertThat(server.engine().datasets("elsewhere")).as("removed").isEmpty();
    }
  }
}
