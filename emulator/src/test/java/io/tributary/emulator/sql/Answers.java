package io.tributary.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.JobException;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableResult;
import io.tributary.emulator.BigQueryUnderTest;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What statements answer through Google's client, as one line: rows parted by ; and cells by |, or
 * ! and an error. In the statements {@code d.} is a dataset that no other test uses.
 */
final class Answers {
  private final BigQueryUnderTest service;
  private final String dataset;

  Answers(BigQueryUnderTest service) {
    this.service = service;
    this.dataset = service.newDataset();
  }

  /** Runs a statement or a script. */
  String to(String sql) {
    return run(QueryJobConfiguration.newBuilder(placed(sql)).build());
  }

  /** Runs a statement with named parameters. */
  String to(String sql, Map<String, QueryParameterValue> parameters) {
    return run(
        QueryJobConfiguration.newBuilder(placed(sql)).setNamedParameters(parameters).build());
  }

  /** Runs a statement with positional parameters. */
  String to(String sql, QueryParameterValue... parameters) {
    return run(
        QueryJobConfiguration.newBuilder(placed(sql))
            .setPositionalParameters(List.of(parameters))
            .build());
  }

  private String placed(String sql) {
    return sql.replaceAll("\\bd\\.(?=\\w)", dataset + ".");
  }

  private String run(QueryJobConfiguration query) {
    try {
      TableResult result = service.rest().query(query);
      List<String> rows = new ArrayList<>();
      for (FieldValueList row : result.iterateAll()) {
        rows.add(cells(row, result.getSchema().getFields()));
      }
      return plain(String.join(";", rows));
    } catch (BigQueryException e) {
      String reason = e.getError() == null ? e.getReason() : e.getError().getReason();
      String message = e.getError() == null ? e.getMessage() : e.getError().getMessage();
      return "!" + reason + ": " + plain(message);
    } catch (JobException e) {
      return "!" + e.getErrors().get(0).getReason() + ": " + e.getErrors().get(0).getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String plain(String text) {
    return text.replace(dataset, "d");
  }

  /**
   * Checks an answer; {@code !text} stands for an invalidQuery error with this in its message,
   * {@code !reason: text} for another one, and {@code (nothing)} for no rows or an empty text.
   */
  void check(String sql, String expected) {
    String wanted =
        expected.equals("(nothing)")
            ? ""
            : expected.replace("test-project", BigQueryUnderTest.PROJECT);
    if (wanted.startsWith("!notImplemented:") && !service.isEmulator()) {
      // BigQuery does it
      return;
    }
    String answer = to(sql);
    if (wanted.startsWith("!notImplemented:") || wanted.startsWith("!notFound:")) {
      assertThat(answer).as(sql).startsWith(wanted);
    } else if (wanted.startsWith("!")) {
      assertThat(answer).as(sql).startsWith("!invalidQuery: ").contains(wanted.substring(1));
    } else {
      assertThat(answer).as(sql).isEqualTo(wanted);
    }
  }

  /** Runs lines that build on each other; those with {@code ->} say what they answer. */
  void checkAll(String statements) {
    for (String line : statements.lines().toList()) {
      int arrow = line.indexOf(" -> ");
      String statement = arrow < 0 ? line : line.substring(0, arrow);
      check(statement, arrow < 0 ? "(nothing)" : line.substring(arrow + 4));
    }
  }

  private static String cells(FieldValueList row, FieldList fields) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      cells.add(cell(row.get(i), fields.get(i)));
    }
    return String.join("|", cells);
  }

  private static String cell(FieldValue cell, Field field) {
    if (cell.isNull()) {
      return "null";
    } else if (cell.getAttribute() == FieldValue.Attribute.REPEATED) {
      return cell.getRepeatedValue().stream()
          .map(item -> scalar(item, field))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return scalar(cell, field);
  }

  private static String scalar(FieldValue cell, Field field) {
    LegacySQLTypeName type = field.getType();
    if (cell.isNull()) {
      return "null";
    } else if (type.equals(LegacySQLTypeName.RECORD)) {
      return cells(cell.getRecordValue(), field.getSubFields());
    } else if (type.equals(LegacySQLTypeName.TIMESTAMP)) {
      return cell.getTimestampInstant().toString();
    } else if (type.equals(LegacySQLTypeName.DATETIME)) {
      return LocalDateTime.parse(cell.getStringValue()).toString();
    } else if (type.equals(LegacySQLTypeName.TIME)) {
      return LocalTime.parse(cell.getStringValue()).toString();
    } else if (type.equals(LegacySQLTypeName.FLOAT)) {
      return Double.toString(cell.getDoubleValue());
    } else if (type.equals(LegacySQLTypeName.BYTES)) {
      return HexFormat.of().formatHex(cell.getBytesValue());
    } else if (type.equals(LegacySQLTypeName.BOOLEAN)) {
      return cell.getStringValue().toLowerCase(Locale.ROOT);
    } else if (type.equals(LegacySQLTypeName.NUMERIC)
        || type.equals(LegacySQLTypeName.BIGNUMERIC)) {
      return cell.getNumericValue().stripTrailingZeros().toPlainString();
    } else if (cell.getAttribute() == FieldValue.Attribute.RANGE) {
      Map<String, String> bounds = cell.getRangeValue().getValues();
      return "[" + bounds.get("start") + ", " + bounds.get("end") + ")";
    }
    return cell.getStringValue();
  }
}
