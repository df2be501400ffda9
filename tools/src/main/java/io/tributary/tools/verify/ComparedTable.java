package io.tributary.tools.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source table with the columns that are compared, its key columns first.
 *
 * @param table the table
 * @param keys how many of the columns are the primary key
 * @param columns all columns
 */
record ComparedTable(SourceTable table, int keys, List<ComparedColumn> columns) {
  private static final String COLUMNS =
      """
      SELECT a.attname, coalesce(e.typname, t.typname), e.typname IS NOT NULL, k.place
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      LEFT JOIN (
        SELECT i.indrelid, key.attnum, key.place
        FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS key (attnum, place)
        WHERE i.indisprimary) k ON k.indrelid = a.attrelid AND k.attnum = a.attnum
      WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY k.place NULLS LAST, a.attnum
      """;

  /** Copies the list. */
  ComparedTable {
    columns = List.copyOf(columns);
  }

  /** Asks PostgreSQL's catalog. */
  static ComparedTable read(Connection connection, SourceTable table) throws SQLException {
    List<ComparedColumn> columns = new ArrayList<>();
    int keys = 0;
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, table.quoted());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ComparedColumn(
                  rows.getString(1), ValueKind.of(rows.getString(2)), rows.getBoolean(3)));
          keys += rows.getString(4) == null ? 0 : 1;
        }
      }
    }
    if (keys == 0) {
      throw new IllegalArgumentException(
          "Table " + table.quoted() + " has no primary key, so its rows cannot be matched.");
    }
    return new ComparedTable(table, keys, columns);
  }

  String postgresQuery() {
    return "SELECT "
        + columns.stream().map(ComparedColumn::postgresExpression).collect(Collectors.joining(", "))
        + " FROM "
        + table.quoted()
        + " AS source ORDER BY "
        + columns.subList(0, keys).stream()
            .map(ComparedColumn::postgresOrder)
            .collect(Collectors.joining(", "));
  }

  /** The query for the columns that BigQuery has. */
  String bigQueryQuery(String dataset, List<ComparedColumn> present) {
    return "SELECT "
        + present.stream().map(ComparedColumn::bigQueryName).collect(Collectors.joining(", "))
        + " FROM `"
        + dataset
        + "`.`"
        + table.name()
        + "` ORDER BY "
        + columns.subList(0, keys).stream()
            .map(ComparedColumn::bigQueryName)
            .collect(Collectors.joining(", "));
  }

  /** The order of two rows by their keys. */
  int compareKeys(List<String> left, List<String> right) {
    for (int i = 0; i < keys; i++) {
      int order = columns.get(i).kind().compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  String key(List<String> row) {
    return keys == 1 ? row.get(0) : row.subList(0, keys).toString();
  }
}
