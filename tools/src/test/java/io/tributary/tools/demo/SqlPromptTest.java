package io.tributary.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class SqlPromptTest {
  @Test
  void runsStatementsShowsEachResultAndOutlivesMistakes() throws Exception {
    String typed =
        """
        CREATE TABLE t (a int, b text);
        INSERT INTO t
          VALUES (1, 'ü; 日本'),
          (2, NULL);

        SELEC;
        \\d
        SELECT b FROM t WHERE a = 1; SELECT count(*) FROM t;
        \\q
        DROP TABLE t;
        """;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (LocalFolder folder = LocalFolder.create("tributary-test");
        LocalPostgres postgres = LocalPostgres.start(folder, new Ports(note -> {}).any());
        Connection connection = postgres.connect("postgres");
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      new SqlPrompt(connection, new BufferedReader(new StringReader(typed)), out).run();
    }
    assertThat(shown.toString(StandardCharsets.UTF_8).replaceAll("shop[=-]> ", "").lines())
        .containsExactly(
            "rows changed: 0",
            "rows changed: 2",
            "ERROR: syntax error at or near \"SELEC\"",
            "  Position: 1",
            "This is not psql: only SQL, and \\q to close the prompt.",
            "b",
            "ü; 日本",
            "(1 rows)",
            "count",
            "2",
            "(1 rows)",
            "The prompt is closed; the rest stays up until Ctrl-C.");
  }
}
