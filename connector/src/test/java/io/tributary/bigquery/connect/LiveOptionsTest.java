package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Items.row;
import static io.tributary.bigquery.connect.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import io.grpc.Status;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.jobs.JobRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to a table beside its columns, when it is made and when it is there. */
final class LiveOptionsTest {
  private static final String OF = "table.override.items.";
  private static final String TAG = "projects/local/locations/us/taxonomies/1/policyTags/";
  private static final String KEY = "projects/local/locations/us/keyRings/r/cryptoKeys/";
  private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
  private static final Schema DAY =
      SchemaBuilder.int32().name("io.debezium.time.Date").optional().build();

  private final TaskHarness harness = new TaskHarness();
  private final Items items = new Items(harness);
  private final Changes changes =
      Items.changes(0)
          .column("day", DAY)
          .column("mail", Schema.OPTIONAL_STRING_SCHEMA)
          .column("phones", Items.list(Schema.STRING_SCHEMA));

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void optionsThatChangeAreSetOnTheLiveTableOnce() {
    Map<String, String> first = new HashMap<>();
    first.put("labels", "team:shop");
    first.put(OF + "description", "What is sold.");
    first.put(OF + "partition.by", "day");
    first.put(OF + "partition.expiration.ms", "86400000000");
    apply(first, 1);
    assertThat(items().getDescription()).isEqualTo("What is sold.");
    assertThat(items().getLabels()).containsEntry("team", "shop");
    assertThat(life()).isEqualTo(Duration.ofDays(1_000).toMillis());
    long before = calls();

    Map<String, String> second = new HashMap<>();
    second.put("labels", "team:store,tier:1");
    second.put(OF + "description", "What was sold.");
    second.put(OF + "partition.by", "day");
    second.put(OF + "partition.expiration.ms", "172800000000");
    apply(second, 2);
    assertThat(items().getDescription()).isEqualTo("What was sold.");
    assertThat(items().getLabels()).containsEntry("team", "store").containsEntry("tier", "1");
    assertThat(life()).isEqualTo(Duration.ofDays(2_000).toMillis());
    assertThat(calls() - before).isEqualTo(1);

    apply(second, 3);
    assertThat(calls() - before).isEqualTo(1);
    second.remove(OF + "partition.expiration.ms");
    apply(second, 4);
    assertThat(life()).as("for ever").isNull();
    assertThat(items.column("mail")).isEqualTo(texts(1, "m", 2, "m", 3, "m", 4, "m"));
  }

  @Test
  void theTableAndItsStagingTableAreEncryptedAndGuardedAlike() {
    Map<String, String> config = new HashMap<>();
    config.put("kms.key", KEY + "k");
    config.put(OF + "column.mail.policy.tag", TAG + "1");
    config.put(OF + "column.phones.policy.tag", TAG + "2");
    apply(config, 1);
    for (String name : List.of("items", "tributary_staging_items")) {
      Table table = harness.table(name);
      assertThat(table.getEncryptionConfiguration().getKmsKeyName()).startsWith(KEY + "k");
      assertThat(tags(name)).isEqualTo(Map.of("mail", TAG + "1", "phones", TAG + "2"));
    }
    changes.column("later", Schema.OPTIONAL_STRING_SCHEMA);
    config.put(OF + "column.later.policy.tag", TAG + "3");
    apply(config, 2);
    assertThat(harness.fields("items").get("later").getPolicyTags().getNames())
        .containsExactly(TAG + "3");
    assertThat(harness.fields("items").get("mail").getPolicyTags().getNames())
        .as("kept while columns are added")
        .containsExactly(TAG + "1");
  }

  @Test
  void fieldsOfStructuresAreGuardedToo() {
    Schema street = Items.struct("street", TEXT, "town", TEXT);
    changes.column("home", street).column("homes", Items.list(street)).column("street", TEXT);
    Map<String, String> config = new HashMap<>();
    config.put(OF + "column.home*.street.policy.tag", TAG + "1");
    config.put(OF + "column.home.later.*.policy.tag", TAG + "2");
    apply(config, 1);
    Map<String, String> guarded = new HashMap<>();
    guarded.put("home.street", TAG + "1");
    guarded.put("homes.street", TAG + "1");
    assertThat(tags("items")).isEqualTo(guarded);
    assertThat(tags("tributary_staging_items")).isEqualTo(guarded);
    Schema later = Items.struct("street", TEXT, "town", TEXT, "later", Items.struct("deep", TEXT));
    changes.drop("home").column("home", later);
    apply(config, 2);
    guarded.put("home.later.deep", TAG + "2");
    assertThat(tags("items")).isEqualTo(guarded);
    assertThat(tags("tributary_staging_items")).isEqualTo(guarded);
  }

  private Map<String, String> tags(String table) {
    Map<String, String> tags = new HashMap<>();
    harness.fields(table).forEach(field -> tags("", field, tags));
    return tags;
  }

  private static void tags(String prefix, Field field, Map<String, String> tags) {
    String path = prefix + field.getName();
    if (field.getPolicyTags() != null) {
      tags.put(path, field.getPolicyTags().getNames().get(0));
    }
    if (field.getSubFields() != null) {
      field.getSubFields().forEach(inner -> tags(path + ".", inner, tags));
    }
  }

  @Test
  void aChangeWhoseTaskDiedIsTakenOverByAnother() {
    apply(Map.of(), 1);
    harness
        .emulator()
        .faults()
        .fail(
            CallMatch.of("tables.patch").onTable(new TableRef("local", "ds", "items")).times(1),
            new Failure(Status.Code.PERMISSION_DENIED, 403, "accessDenied", "no"));
    changes.column("later", Schema.OPTIONAL_STRING_SCHEMA);
    RunningTask dying = harness.task();
    assertThatThrownBy(() -> dying.put(List.of(changes.insert(row(2, "later", "a")))))
        .hasMessageContaining("TRIB-");
    dying.stop();

    RunningTask next = harness.task();
    next.put(List.of(changes.at(0, 1).insert(row(2, "later", "b"))));
    next.awaitApplied();
    assertThat(items.column("later")).isEqualTo(texts(1, null, 2, "b"));
    List<String> turns =
        harness.emulator().jobs().stream()
            .map(JobRecord::id)
            .filter(id -> id.startsWith("tributary_change_"))
            .toList();
    String taken = turns.stream().filter(id -> id.endsWith("_2")).findFirst().orElseThrow();
    assertThat(turns).contains(taken.substring(0, taken.length() - 1) + "1");
    assertThat(turns.stream().filter(id -> id.endsWith("_2"))).hasSize(1);
  }

  private void apply(Map<String, String> config, long id) {
    RunningTask task = harness.task(config);
    task.put(
        List.of(
            changes.at(0, id).insert(row(id, "day", 20_000, "mail", "m", "phones", List.of("p")))));
    task.awaitApplied();
    task.stop();
  }

  private Table items() {
    return harness.table("items");
  }

  private Long life() {
    StandardTableDefinition definition = items().getDefinition();
    return definition.getTimePartitioning().getExpirationMs();
  }

  /** How often the table itself was patched: its staging table is not, as no column changes. */
  private long calls() {
    return harness.emulator().calls().getOrDefault("tables.patch", 0L);
  }
}
