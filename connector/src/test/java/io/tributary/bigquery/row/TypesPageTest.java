package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.testkit.GeneratedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of types says what the forms do: its cells are asked of them. */
class TypesPageTest {
  static Stream<TypeEntry> entries() {
    return Stream.of(
            PostgresTypeTable.entries(), MySqlTypeTable.entries(), ConnectTypeTable.entries())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void samplesFitAndOthersDoNot(TypeEntry entry) {
    assertThatCode(() -> Wire.proposed(entry.schema(), entry.sample())).doesNotThrowAnyException();
    for (Object value : entry.unfit()) {
      assertThatThrownBy(() -> Wire.proposed(entry.schema(), value)).isInstanceOf(Unfit.class);
    }
  }

  @Test
  void agreesWithTheForms() throws IOException {
    GeneratedPage.agree("types.md", page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(TypesText.START);
    section(page, "PostgreSQL", PostgresTypeTable.entries());
    section(page, "MySQL and MariaDB", MySqlTypeTable.entries());
    section(page, "Connect schemas", ConnectTypeTable.entries());
    page.append(TypesText.SCHEMALESS);
    page.append("\n## What the source loses\n\n").append(TypesText.HAZARDS);
    page.append("\n| Warning | What is lost | What avoids it |\n|---|---|---|\n");
    for (Hazard hazard : Hazard.values()) {
      page.append("| %s | %s | %s |\n".formatted(hazard.name(), hazard.loss(), hazard.remedy()));
    }
    return page.append(TypesText.UNWARNED).toString();
  }

  private static void section(StringBuilder page, String title, List<TypeEntry> entries) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| Source type | Setting | Arrives as | BigQuery type | Wire form | Holds |");
    page.append(" Outside | Lossy choices |\n|---|---|---|---|---|---|---|---|\n");
    for (TypeEntry entry : entries) {
      Column column = Forms.of(entry.schema()).column("c");
      for (String source : entry.source().split(", ", -1)) {
        page.append(row(source, entry, column));
      }
    }
  }

  private static String row(String source, TypeEntry entry, Column column) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            source,
            entry.setting(),
            "`" + arrival(entry.schema()) + "`",
            type(column),
            wire(column),
            TypesText.holds(column),
            outside(entry),
            choices(entry, column));
  }

  private static String arrival(Schema schema) {
    String literal =
        schema.type() == Schema.Type.ARRAY
            ? "ARRAY of " + arrival(schema.valueSchema())
            : schema.type().name();
    return schema.name() == null
        ? literal
        : literal + " " + schema.name().replace("org.apache.kafka.connect.data.", "");
  }

  private static String type(Column column) {
    String type = column.type().sql();
    if (column.type() == ColumnType.STRUCT) {
      type =
          column.fields().stream()
              .map(field -> field.name() + " " + type(field))
              .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
    return column.mode() == Column.Mode.REPEATED ? "ARRAY<" + type + ">" : type;
  }

  private static String wire(Column column) {
    String wire = WireTypes.of(column.type()).name().replace("TYPE_", "").toLowerCase(Locale.ROOT);
    return (column.mode() == Column.Mode.REPEATED ? "repeated " : "") + wire;
  }

  private static String outside(TypeEntry entry) {
    List<String> texts = new ArrayList<>();
    if (!entry.unfit().isEmpty()) {
      texts.add("refused");
    }
    if (!entry.note().isEmpty()) {
      texts.add(entry.note());
    }
    return String.join("; ", texts);
  }

  /** The choices under which a value that does not fit is stored all the same. */
  private static String choices(TypeEntry entry, Column column) {
    if (entry.unfit().isEmpty()) {
      return "";
    }
    Form form = Forms.of(entry.schema());
    Map<String, Function<Runnable, Fit>> fits = new LinkedHashMap<>();
    fits.put("clamp", Fit::clamping);
    fits.put("round", Fit::rounding);
    TreeSet<String> held = new TreeSet<>(List.of("null"));
    if (entry.unfit().stream().allMatch(value -> speakable(form.text(value)))) {
      held.add("string-twin");
    }
    fits.forEach(
        (name, fit) -> {
          if (entry.unfit().stream().anyMatch(value -> held(form, column, fit, value))) {
            held.add(name);
          }
        });
    return String.join(", ", held);
  }

  private static boolean speakable(String text) {
    try {
      WireOut.requireUnicode(text);
      return true;
    } catch (Unfit e) {
      return false;
    }
  }

  private static boolean held(Form form, Column column, Function<Runnable, Fit> fit, Object value) {
    boolean[] counted = new boolean[1];
    try {
      Wire.written(
          form, value, new Target(column, fit.apply(() -> counted[0] = true), Conflict.FAIL));
      return counted[0];
    } catch (Unfit e) {
      return false;
    }
  }

  @Test
  void namesEveryTypeOnce() {
    List<String> rows = entries().map(entry -> entry.source() + entry.setting()).toList();
    assertThat(Arrays.asList("int4range", "numeric(p,s)", "bigint unsigned"))
        .allMatch(name -> entries().anyMatch(entry -> entry.source().equals(name)));
    assertThat(rows).hasSizeGreaterThan(120);
  }
}
