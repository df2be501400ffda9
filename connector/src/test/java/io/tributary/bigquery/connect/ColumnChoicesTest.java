package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.FieldList;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.testkit.Changes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a configuration says of columns, seen in the table. */
final class ColumnChoicesTest {
  private static final String SALT = "canary-salt-71c2";
  private static final String MAIL = "canary-mail-0e9d@example.org";
  private static final String TAG = "projects/local/locations/us/taxonomies/1/policyTags/2";
  private static final String OF = "table.override.items.column.";

  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.postgres("public", "items")
          .topic(Events.TOPIC)
          .at(0, 40)
          .key("id", Schema.INT64_SCHEMA)
          .column("mail", Schema.OPTIONAL_STRING_SCHEMA)
          .column("note", Schema.OPTIONAL_STRING_SCHEMA)
          .column("phone", Schema.OPTIONAL_STRING_SCHEMA)
          .column("price", Schema.OPTIONAL_STRING_SCHEMA)
          .column("code", Schema.OPTIONAL_STRING_SCHEMA)
          .column("change_metadata", Schema.OPTIONAL_STRING_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void columnsAreAsTheConfigurationWantsThem() throws GeneralSecurityException {
    Map<String, String> config = new HashMap<>();
    config.put("hash.salt", SALT);
    config.put("kafka.columns", "timestamp,topic,partition,offset");
    config.put(OF + "mail.hash", "true");
    config.put(OF + "note.exclude", "true");
    config.put(OF + "change_metadata.exclude", "true");
    config.put(OF + "phone.policy.tag", TAG);
    config.put(OF + "price.type", "NUMERIC(10,2)");
    config.put(OF + "price.lossy", "string-twin");
    config.put(OF + "code.type", "STRING(3)");
    config.put("table.override.*.column.*.lossy", "clamp");
    RunningTask task = harness.task(config);

    task.put(List.of(changes.flat(row(1, "1.25", "abc")), changes.flat(row(2, "1.255", "abcdef"))));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    FieldList fields = harness.fields("items");
    assertThat(fields)
        .extracting(field -> field.getName())
        .containsExactly(
            "id",
            "mail",
            "phone",
            "price",
            "price_text",
            "code",
            "kafka_topic",
            "kafka_partition",
            "kafka_offset",
            "kafka_timestamp",
            "change_metadata");
    assertThat(fields.get("phone").getPolicyTags().getNames()).containsExactly(TAG);
    assertThat(fields.get("price").getType().getStandardType()).hasToString("NUMERIC");
    assertThat(fields.get("price").getScale()).isEqualTo(2);
    assertThat(fields.get("code").getMaxLength()).isEqualTo(3);
    assertThat(harness.texts("id", "price", "price_text", "code"))
        .containsExactly("1|1.25|null|abc", "2|null|1.255|abc");
    assertThat(
            harness.texts(
                "kafka_topic", "kafka_partition", "kafka_offset", "UNIX_MILLIS(kafka_timestamp)"))
        .containsExactly(
            Events.TOPIC + "|0|40|1760000000000", Events.TOPIC + "|0|41|1760000000000");
    assertThat(harness.texts("mail")).containsOnly(sha256(SALT + MAIL));
  }

  @Test
  void neitherSaltNorHashedValueIsEverTold() {
    Map<String, String> config = new HashMap<>();
    config.put("hash.salt", SALT);
    config.put(OF + "mail.hash", "true");
    config.put(OF + "change_metadata.exclude", "true");
    config.put(OF + "code.type", "INT64");
    RunningTask task = harness.task(config);
    SinkException[] stop = new SinkException[1];

    task.put(List.of(changes.flat(row(1, "1", MAIL))));
    task.awaitApplied();
    assertThat(task.context.reasons).hasSize(1);
    config.remove("hash.salt");
    assertThatThrownBy(() -> harness.task(config))
        .isInstanceOfSatisfying(SinkException.class, e -> stop[0] = e);

    List<String> told = new ArrayList<>();
    task.context.reasons.forEach(reason -> told.add(trace(reason)));
    told.add(trace(stop[0]));
    assertThat(told)
        .allSatisfy(text -> assertThat(text).contains("TRIB-").doesNotContain(SALT, MAIL));
  }

  @Test
  void aKeyMayBeHashedButNotLeftOut() throws GeneralSecurityException {
    Map<String, String> config = new HashMap<>();
    config.put("hash.salt", SALT);
    config.put(OF + "id.hash", "true");
    config.put(OF + "change_metadata.exclude", "true");
    RunningTask task = harness.task(config);

    task.put(List.of(changes.flat(row(7, "1", "a")), changes.flat(row(7, "2", "b"))));
    task.awaitApplied();
    assertThat(harness.texts("id", "price")).containsExactly(sha256(SALT + "7") + "|2");

    config.remove(OF + "id.hash");
    config.put("table.override.*.column.i*.exclude", "true");
    RunningTask other = harness.task(config);
    assertThatThrownBy(() -> other.put(List.of(changes.flat(row(8, "1", "a")))))
        .isInstanceOfSatisfying(
            SinkException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("column id is part of a key");
  }

  @Test
  void aKeyIsNeverMadeToFit() {
    Changes coded =
        Changes.postgres("public", "items")
            .topic(Events.TOPIC)
            .at(0, 0)
            .key("id", Schema.STRING_SCHEMA)
            .column("code", Schema.STRING_SCHEMA);
    RunningTask task =
        harness.task(
            Map.of("table.override.*.column.*.lossy", "clamp", OF + "*.type", "STRING(2)"));

    task.put(
        List.of(
            coded.flat(Map.of("id", "ab", "code", "xyz")),
            coded.flat(Map.of("id", "abc", "code", "x"))));
    task.awaitApplied();

    assertThat(harness.texts("id", "code")).containsExactly("ab|xy");
    assertThat(task.context.deadLetters).hasSize(1);
  }

  @Test
  void theSinksOwnNamesAreRefusedWithTheWayOut() {
    RunningTask task = harness.task();

    assertThatThrownBy(() -> task.put(List.of(changes.flat(row(1, "1", "a")))))
        .hasMessageContaining("change_metadata")
        .hasMessageContaining("exclude");
  }

  private static Map<String, Object> row(long id, String price, String code) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    row.put("mail", MAIL);
    row.put("note", "n");
    row.put("phone", "p");
    row.put("price", price);
    row.put("code", code);
    row.put("change_metadata", "m");
    return row;
  }

  private static String sha256(String text) throws GeneralSecurityException {
    StringBuilder hex = new StringBuilder();
    for (byte one :
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))) {
      hex.append("%02x".formatted(one));
    }
    return hex.toString();
  }

  private static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
    }
    return text.toString();
  }
}
