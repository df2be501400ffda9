package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scripts: variables and their scopes, branches, loops, labels, exceptions, EXECUTE IMMEDIATE.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptTest {
  private final Answers answers;

  ScriptTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "Scripts run DECLARE, SET, IF, CASE, LOOP, WHILE, REPEAT and FOR with "
              + "BREAK, CONTINUE and labels.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "Variables are declared at the start of a block and live as long as "
              + "it; names are not declared twice.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#declare")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "A handler of EXCEPTION sees the message in @@error.message and can "
              + "raise the error again.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#beginexceptionend")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "EXECUTE IMMEDIATE takes USING by name or position, and INTO takes one " + "row at most.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#execute_immediate")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "EXECUTE IMMEDIATE INTO converts to the variable's type where GoogleSQL coerces.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "Inside of a labelled block or loop no other one has the same label: the script is refused"
              + " before it runs.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#labels")
  @Statements(
      """
          DECLARE x INT64 DEFAULT 1; SET x = x + 1; SELECT x ==> 2
          DECLARE x, y INT64 DEFAULT 3; SELECT x + y ==> 6
          DECLARE x DEFAULT 'a'; SELECT x ==> a
          DECLARE x INT64; SELECT x ==> null
          DECLARE a, b INT64; SET (a, b) = (1, 2); SELECT a + b ==> 3
          DECLARE a, b INT64; SET (a, b) = (SELECT AS STRUCT 3, 4); SELECT a * b ==> 12
          BEGIN DECLARE x INT64 DEFAULT 1; SELECT x; END; SELECT x ==> !Unrecognized name: x
          BEGIN DECLARE x INT64 DEFAULT 1; END; BEGIN DECLARE x STRING DEFAULT 'b'; SELECT x; END ==> b
          DECLARE x INT64 DEFAULT 1; BEGIN DECLARE x INT64 DEFAULT 2; END; SELECT x ==> !redeclar
          DECLARE x INT64; DECLARE x INT64; SELECT 1 ==> !redeclar
          SELECT 1; DECLARE x INT64; SELECT x ==> !Variable declarations are allowed only at the start
          SET x = 1 ==> !Undeclared variable: x
          DECLARE x INT64; SET x = 'a'; SELECT x ==> !
          IF TRUE THEN SELECT 1; ELSE SELECT 2; END IF ==> 1
          IF NULL THEN SELECT 1; ELSEIF 1 = 1 THEN SELECT 2; ELSE SELECT 3; END IF ==> 2
          CASE WHEN FALSE THEN SELECT 1; WHEN TRUE THEN SELECT 2; ELSE SELECT 3; END CASE ==> 2
          CASE 3 WHEN 1 THEN SELECT 1; WHEN 2 THEN SELECT 2; ELSE SELECT 9; END CASE ==> 9
          DECLARE x INT64 DEFAULT 0; LOOP SET x = x + 1; IF x >= 3 THEN LEAVE; END IF; END LOOP; SELECT x ==> 3
          DECLARE x INT64 DEFAULT 0; DECLARE s INT64 DEFAULT 0; WHILE x < 5 DO SET x = x + 1; IF MOD(x, 2) = 0 THEN CONTINUE; END IF; SET s = s + x; END WHILE; SELECT s ==> 9
          DECLARE x INT64 DEFAULT 0; DECLARE s INT64 DEFAULT 0; WHILE x < 5 DO SET x = x + 1; IF MOD(x, 2) = 0 THEN ITERATE; END IF; SET s = s + x; END WHILE; SELECT s ==> 9
          DECLARE x INT64 DEFAULT 0; REPEAT SET x = x + 1; UNTIL x >= 4 END REPEAT; SELECT x ==> 4
          DECLARE s STRING DEFAULT ''; FOR r IN (SELECT x, x * 2 AS y FROM UNNEST([1, 2, 3]) x ORDER BY x) DO SET s = s || CAST(r.x + r.y AS STRING); END FOR; SELECT s ==> 369
          DECLARE s INT64 DEFAULT 0; FOR r IN (SELECT x FROM UNNEST([1, 2, 3, 4]) x ORDER BY x) DO IF r.x = 2 THEN CONTINUE; END IF; IF r.x = 4 THEN BREAK; END IF; SET s = s + r.x; END FOR; SELECT s ==> 4
          DECLARE x INT64 DEFAULT 0; outer_loop: LOOP LOOP SET x = x + 1; IF x = 3 THEN LEAVE outer_loop; END IF; END LOOP; END LOOP; SELECT x ==> 3
          DECLARE x INT64 DEFAULT 0; b1: BEGIN SET x = 1; LEAVE b1; SET x = 2; END; SELECT x ==> 1
          BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT CONTAINS_SUBSTR(@@error.message, 'division by zero: 1 / 0'); END ==> true
          BEGIN SELECT ERROR('boom'); EXCEPTION WHEN ERROR THEN SELECT REGEXP_EXTRACT(@@error.message, 'boom'); END ==> boom
          BEGIN RAISE USING MESSAGE = 'mine'; EXCEPTION WHEN ERROR THEN SELECT @@error.message; END ==> mine
          BEGIN BEGIN SELECT ERROR('deep'); EXCEPTION WHEN ERROR THEN RAISE; END; EXCEPTION WHEN ERROR THEN SELECT REGEXP_EXTRACT(@@error.message, 'deep'); END ==> deep
          BEGIN SELECT ERROR('in'); EXCEPTION WHEN ERROR THEN RAISE USING MESSAGE = 'out'; END ==> !out
          RAISE USING MESSAGE = 'mine' ==> !mine
          RAISE ==> !Cannot re-raise
          BEGIN SELECT * FROM d.nope; EXCEPTION WHEN ERROR THEN SELECT 'no table'; END ==> no table
          BEGIN DECLARE v INT64 DEFAULT 1; SELECT ERROR('x'); EXCEPTION WHEN ERROR THEN SELECT v; END ==> !Unrecognized name: v
          BREAK ==> !
          WHILE TRUE DO BREAK nope; END WHILE ==> !
          b1: BEGIN CONTINUE b1; END ==> !
          b1: BEGIN SELECT ERROR('x'); EXCEPTION WHEN ERROR THEN BREAK b1; SELECT 2; END; SELECT 3 ==> 3
          b1: BEGIN DECLARE b1 INT64; BREAK b1; END b1; SELECT 3 ==> 3
          DECLARE x, y INT64 DEFAULT 0; l1: LOOP SET y = y + 1; WHILE x < 1 DO IF y < 3 THEN CONTINUE l1; ELSE BREAK l1; END IF; END WHILE; END LOOP l1; SELECT y ==> 3
          b1: BEGIN b1: BEGIN SELECT 1; END; END ==> !Label b1 already exists
          l1: LOOP BEGIN L1: WHILE TRUE DO BREAK; END WHILE; END; BREAK; END LOOP ==> !Label L1 already exists
          l1: FOR r IN (SELECT 1) DO l1: REPEAT SELECT 1; UNTIL TRUE END REPEAT; END FOR ==> !Label l1 already exists
          b1: BEGIN SELECT 1; EXCEPTION WHEN ERROR THEN b1: LOOP BREAK; END LOOP; END ==> !Label b1 already exists
          BEGIN IF FALSE THEN b1: BEGIN IF TRUE THEN b1: LOOP BREAK; END LOOP; END IF; END; END IF; EXCEPTION WHEN ERROR THEN SELECT 'ran'; END ==> !Label b1 already exists
          b1: BEGIN SELECT 1; END; b1: LOOP SELECT 2; BREAK; END LOOP ==> 2
          DECLARE t INT64 DEFAULT 103; IF t IS NULL THEN ELSE SELECT t; END IF ==> 103
          LOAD DATA INTO d.fresh FROM FILES (format = 'CSV', uris = ['gs://b/f.csv']) ==> !notImplemented:
          EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE "SELECT 1"' ==> !
          EXECUTE IMMEDIATE 'SELECT 1 + 1' ==> 2
          DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT @a + @b' INTO x USING 1 AS a, 2 AS b; SELECT x ==> 3
          DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT ? * ?' INTO x USING 5, 6; SELECT x ==> 30
          DECLARE x FLOAT64; EXECUTE IMMEDIATE 'SELECT 1' INTO x; SELECT x ==> 1.0
          DECLARE x NUMERIC; EXECUTE IMMEDIATE 'SELECT 1' INTO x; SELECT x ==> 1
          DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT 1.5' INTO x; SELECT x ==> !Cannot assign
          DECLARE x DATETIME; EXECUTE IMMEDIATE "SELECT DATE '2020-01-01'" INTO x; SELECT x ==> 2020-01-01T00:00
          DECLARE x, y INT64; EXECUTE IMMEDIATE 'SELECT 1, 2' INTO x, y; SELECT x + y ==> 3
          DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT 1 FROM UNNEST([1, 2])' INTO x ==> !
          DECLARE x INT64 DEFAULT 5; EXECUTE IMMEDIATE 'SELECT 1 FROM UNNEST([1]) WHERE FALSE' INTO x; SELECT x ==> null
          DECLARE t STRING DEFAULT 'd.dyn'; EXECUTE IMMEDIATE CONCAT('CREATE TABLE ', t, ' (a INT64)'); EXECUTE IMMEDIATE 'INSERT ' || t || ' VALUES (@v)' USING 7 AS v; SELECT a FROM d.dyn ==> 7
          DECLARE x INT64 DEFAULT 1; IF x = 1 THEN RETURN; END IF; SELECT 5 ==> (nothing)
          CREATE TABLE d.tx (a INT64) ==> (nothing)
          INSERT d.tx VALUES (9), (10); SELECT @@row_count ==> 2
          CREATE TEMP TABLE tt AS SELECT 1 AS a; INSERT tt VALUES (2); SELECT SUM(a) FROM tt ==> 3
          CREATE TEMP TABLE t1 (a INT64); DROP TABLE t1; SELECT 1 ==> 1
          DECLARE a ARRAY<INT64> DEFAULT [1, 2]; SELECT SUM(x) FROM UNNEST(a) x ==> 3
          DECLARE s STRUCT<x INT64, y STRING>; SET s = (1, 'a'); SELECT s.y ==> a
          DECLARE d DATE DEFAULT DATE '2020-01-01'; SELECT d + 1 ==> 2020-01-02
          DECLARE x INT64 DEFAULT 3; SELECT COUNT(*) FROM UNNEST([1, 3, 3]) v WHERE v = x ==> 2
          ASSERT 1 = 1 AS 'fine'; SELECT 1 ==> 1
          ASSERT 1 = 2 AS 'not fine' ==> !not fine
          SELECT @@project_id ==> test-project
          BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN BEGIN SELECT CAST('x' AS INT64); EXCEPTION WHEN ERROR THEN SELECT @@error.message LIKE '%Bad int64%'; END; END ==> true
          BEGIN BEGIN SELECT ERROR('inner'); END; EXCEPTION WHEN ERROR THEN SELECT 'outer caught'; END ==> outer caught
          DECLARE x INT64 DEFAULT 1; BEGIN DECLARE y INT64 DEFAULT x + 1; SET x = y * 10; END; SELECT x ==> 20
          DECLARE a INT64 DEFAULT 5; DECLARE b INT64 DEFAULT a * 2; SELECT b ==> 10
          DECLARE r STRING; EXECUTE IMMEDIATE 'SELECT CONCAT(@a, @b)' INTO r USING 'x' AS b, 'y' AS a; SELECT r ==> yx
          DECLARE arr ARRAY<INT64>; SET arr = (SELECT ARRAY_AGG(x ORDER BY x) FROM UNNEST([2, 1]) x); SELECT arr[OFFSET(0)] ==> 1
          DECLARE x INT64; SET x = (SELECT 1 FROM UNNEST([1, 2])); SELECT x ==> !
          BEGIN CREATE TEMP TABLE kept (b STRING); INSERT kept VALUES ('kept'); SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT COUNT(*) FROM kept; END ==> 1
          """)
  void runs(String statement, String expected) {
    answers.check(statement, expected);
  }
}
