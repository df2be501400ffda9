package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.CommitOutcome;
import io.tributary.bigquery.write.PendingStream;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows are staged in streams and committed, against the emulator with Google's client. */
final class WarehouseStreamsTest {
  @RegisterExtension static final EmulatedShop SHOP = new EmulatedShop();

  private BigQueryWarehouse warehouse;
  private TableId table;

  @BeforeEach
  void connect() {
    warehouse = SHOP.warehouse();
    table = SHOP.table();
  }

  @Test
  void rowsAreThereAfterTheCommitAndOnce() {
    SHOP.createTable();
    PendingStream stream = open();
    assertThat(outcome(stream.append(0, rows(1, 2)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(2, rows(3)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(0, rows(1, 2)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(9, rows(4)))).isInstanceOf(AppendOutcome.TryAgain.class);
    assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(3L));
    assertThat(SHOP.ids()).isEmpty();

    assertThat(outcome(stream.append(3, rows(4)))).isInstanceOf(AppendOutcome.StreamGone.class);
    for (int i = 0; i < 2; i++) {
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isEqualTo(new CommitOutcome.Committed());
    }

    assertThat(SHOP.ids()).containsExactly("1", "2", "3");
    stream.close();
  }

  @Test
  void anUnfinishedStreamCannotBeCommitted() {
    SHOP.createTable();
    try (PendingStream stream = open()) {
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.StreamGone.class);
    }
  }

  @Test
  void lostAnswersAreHarmless() {
    SHOP.createTable();
    try (PendingStream stream = open();
        Fault append = SHOP.faults().loseAnswer(CallMatch.of("AppendRows").times(1));
        Fault commit = SHOP.faults().loseAnswer(CallMatch.of("BatchCommitWriteStreams").times(1))) {
      assertThat(outcome(stream.append(0, rows(1)))).isEqualTo(new AppendOutcome.Accepted());
      assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(1L));
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.TryAgain.class);
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isEqualTo(new CommitOutcome.Committed());
      assertThat(SHOP.ids()).containsExactly("1");
      assertThat(append.fired()).isEqualTo(1);
      assertThat(commit.fired()).isEqualTo(1);
    }
  }

  @Test
  void aColumnThatTheTableLacksIsSchemaBehind() {
    SHOP.createTable();
    DescriptorProto wider =
        descriptor().toBuilder()
            .addField(field("note", 3, FieldDescriptorProto.Type.TYPE_STRING))
            .build();
    try (PendingStream stream = opened(wider)) {
      assertThat(outcome(stream.append(0, rows(1)))).isInstanceOf(AppendOutcome.SchemaBehind.class);
    }
  }

  @Test
  void aRowWithoutItsKeyIsRejectedByIndex() {
    SHOP.createTable();
    try (PendingStream stream = open()) {
      AppendOutcome outcome = outcome(stream.append(0, List.of(rows(1).get(0), ByteString.EMPTY)));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              AppendOutcome.RowsRejected.class,
              rejected -> assertThat(rejected.reasons()).containsOnlyKeys(1));
      assertThat(outcome(stream.append(0, rows(1)))).isEqualTo(new AppendOutcome.Accepted());
    }
  }

  @Test
  void anAbsentTableIsToldFromANewOne() {
    assertThat(warehouse.openPending(table, descriptor())).isInstanceOf(Answer.Refused.class);
    try (Fault hidden = SHOP.faults().hideNewTables(ref -> true, Duration.ofMinutes(10))) {
      SHOP.createTable();
      assertThat(warehouse.openPending(table, descriptor())).isInstanceOf(Answer.TryAgain.class);
      assertThat(hidden.fired()).isPositive();
    }
    open().close();
  }

  private PendingStream open() {
    return opened(descriptor());
  }

  private PendingStream opened(DescriptorProto descriptor) {
    return EmulatedShop.ok(warehouse.openPending(table, descriptor));
  }

  private static AppendOutcome outcome(CompletableFuture<AppendOutcome> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static DescriptorProto descriptor() {
    return DescriptorProto.newBuilder()
        .setName("Row")
        .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_INT64))
        .addField(field("name", 2, FieldDescriptorProto.Type.TYPE_STRING))
        .build();
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }

  private static List<ByteString> rows(long... ids) {
    return Arrays.stream(ids).mapToObj(WarehouseStreamsTest::row).toList();
  }

  private static ByteString row(long id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeInt64(1, id);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
