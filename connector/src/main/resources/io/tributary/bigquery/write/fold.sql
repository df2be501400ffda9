-- One chain job: folds every sealed, unapplied cycle of a table into its destination.
--
-- The statements stand in an order in which a crash after any of them is harmless, because repeating the script
-- changes nothing: remember deletes, then change the destination, then mark the cycles as applied.
--
-- A key's staged changes are its versions. A life of a key runs from one delete (or from the arrival of a row from
-- another key) to the next. A box is the newest value of a column that a version knows of in its life, with that
-- value's position. Departures are the last states of rows whose key changed, by the link that both halves carry.
--
-- A column whose type changed is staged in several columns, of which one has the value: "read" is that value in the
-- column's present type, "wire" the staging column of that type.
--
-- Where deleted rows stay, a delete is "kept" that follows a version of its life here: it takes that version's values.
--
-- The script's own columns and variables begin with trib_, as no column of a table may. A table named by its whole
-- path comes first in its FROM: behind another one, its first part could be taken for a column of the same name.
DECLARE trib_cycles ARRAY<STRING>;
DECLARE trib_floor BYTES;
{bounds.declared}SET trib_cycles = (
  SELECT ARRAY_AGG(trib_cycle) FROM (
    SELECT trib_cycle FROM {staging} WHERE trib_kind = 'change' AND trib_staged_at >= {horizon}
    EXCEPT DISTINCT
    SELECT trib_cycle FROM {staging} WHERE trib_kind = 'applied' AND trib_staged_at >= {horizon}));
IF ARRAY_LENGTH(trib_cycles) > 0 THEN

-- A change may be staged in columns that were added after this script was written.
IF (SELECT LOGICAL_OR(trib_columns > {width} OR COALESCE(trib_variants, 0) > {variants}) FROM {staging} WHERE {staged}) THEN
  RAISE USING MESSAGE = '{too_narrow}';
END IF;
-- A delete that was staged before the table got another key would be left out without a word.
IF (SELECT LOGICAL_OR({keys.missing}) FROM {staging} WHERE {staged} AND trib_op IN ('u', 'd')) THEN
  RAISE USING MESSAGE = '{no_key}';
END IF;

-- Nothing at or below a truncate survives it.
SET trib_floor = (
  SELECT COALESCE(MAX(trib_position), b'') FROM {staging}
  WHERE trib_kind = 'truncate' OR ({staged} AND trib_op = 't'));

CREATE TEMP TABLE versions AS
WITH staged AS (
  SELECT {keys.read}{small.read}{large.boxed}, {own} FROM {staging}
  WHERE {staged} AND trib_op IN ('u', 'd') AND trib_position > trib_floor),
lives AS (
  SELECT *,
    COUNTIF(trib_op = 'd') OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    + COUNTIF(COALESCE(trib_move, '') = 'here') OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS trib_life,
    COALESCE(MAX(IF(trib_op = 'd', trib_position, NULL)) OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), b'')
      AS trib_left_at,
    COALESCE(MAX(IF(trib_move = 'here', trib_position, NULL)) OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), b'')
      AS trib_arrived_at
  FROM staged)
SELECT {keys}{small.versions}{large.inherited}, {own}{kept},
  FIRST_VALUE(IF(trib_move = 'here', trib_link, NULL)) OVER ({by_life}
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS trib_life_link,
  IF(trib_left_at > trib_arrived_at, trib_left_at, trib_arrived_at) AS trib_life_position
FROM lives;

-- The destination is looked at for departures only when a row moved.
IF (SELECT COUNT(*) FROM versions WHERE trib_move IS NOT NULL) > 0 THEN
CREATE TEMP TABLE departures AS
WITH remembered AS (
  SELECT trib_link, trib_position{large.boxed} FROM {staging} WHERE trib_kind = 'departure'),
leaving AS (
  SELECT v.trib_link, v.trib_position, v.trib_life_link{large.left}
  FROM {destination} AS trib_t RIGHT JOIN versions AS v ON {trib_t=v}
  WHERE v.trib_move = 'away' AND v.trib_link IS NOT NULL)
SELECT trib_link, trib_position{large.box} FROM (
  SELECT l.trib_link, l.trib_position{large.from_link} FROM leaving AS l LEFT JOIN remembered AS r ON r.trib_link = l.trib_life_link
  UNION ALL SELECT trib_link, trib_position{large.box} FROM remembered)
WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY trib_link ORDER BY {large.known} DESC) = 1;
ELSE
CREATE TEMP TABLE departures AS
SELECT trib_link, trib_position{large.box} FROM versions WHERE FALSE;
END IF;

CREATE TEMP TABLE fold AS
WITH graves AS (
  SELECT {keys}, MAX(trib_position) AS trib_grave FROM (
    SELECT {keys.read}, trib_position FROM {staging} WHERE trib_kind = 'tombstone') GROUP BY {keys}),
latest AS (
  SELECT *, MAX(IF(trib_op = 'd', trib_position, NULL)) OVER (PARTITION BY {keys}) AS trib_last_delete FROM versions
  WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY trib_position DESC{kept.first}, trib_cycle DESC) = 1),
filled AS (
  SELECT {v.keys}{v.small}{large.filled}, {v.own}{v.kept}, v.trib_life_position, v.trib_last_delete, COALESCE(g.trib_grave, b'') AS trib_grave
  FROM latest AS v LEFT JOIN graves AS g ON {g=v} LEFT JOIN departures AS d ON d.trib_link = v.trib_life_link)
SELECT *, {large.complete} AS trib_complete FROM filled WHERE trib_op = 'd' OR trib_position > trib_grave;

INSERT INTO {staging} (trib_kind, trib_staged_at, trib_position, {keys.wire})
SELECT 'tombstone', CURRENT_TIMESTAMP(), trib_last_delete, {keys} FROM fold
WHERE trib_last_delete IS NOT NULL AND trib_last_delete > trib_grave;
IF (SELECT COUNT(*) FROM versions WHERE trib_move = 'away') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_link, trib_position, trib_unavailable{large.wire})
SELECT 'departure', CURRENT_TIMESTAMP(), trib_link, trib_position, {large.unknown}{large.value} FROM departures
WHERE trib_link IN (SELECT trib_link FROM versions WHERE trib_move = 'away');
END IF;

IF (SELECT COUNT(*) FROM {staging} WHERE {staged} AND trib_op = 't') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_position)
SELECT 'truncate', CURRENT_TIMESTAMP(), trib_floor;
{truncate} WHERE COALESCE(change_metadata.position, b'') < trib_floor;
END IF;

{bounds.set}MERGE {destination} AS trib_t USING fold AS s ON {trib_t=s}{bounds.within}{kept.update}
WHEN MATCHED AND s.trib_op = 'd' AND s.trib_position > {trib_t.position} THEN {gone}
WHEN MATCHED AND s.trib_op = 'u' AND s.trib_position > {trib_t.position}
  AND NOT s.trib_complete AND NOT {trib_t.position} >= s.trib_life_position THEN DELETE
WHEN MATCHED AND s.trib_op = 'u' AND s.trib_position > {trib_t.position} THEN
  UPDATE SET {small.set}{large.set}change_metadata = {metadata}
WHEN NOT MATCHED AND {inserted} AND s.trib_complete THEN
  INSERT ({keys}{small}{large}, change_metadata) VALUES ({s.keys}{s.small}{s.large.value}, {metadata});

-- Marks, and the staged rows that nobody could complete yet, in one statement.
IF (SELECT COUNT(*) FROM fold WHERE trib_op = 'u' AND NOT trib_complete)
  + (SELECT COUNT(*) FROM versions WHERE trib_move = 'away') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_cycle, trib_topic, trib_partition, trib_offset)
SELECT 'applied', CURRENT_TIMESTAMP(), c, CAST(NULL AS STRING), CAST(NULL AS INT64), CAST(NULL AS INT64)
FROM UNNEST(trib_cycles) AS c
UNION ALL
SELECT 'unresolved', CURRENT_TIMESTAMP(), v.trib_cycle, v.trib_topic, v.trib_partition, v.trib_offset
FROM versions AS v JOIN (
  SELECT {s.keys} FROM {destination} AS trib_t RIGHT JOIN fold AS s ON {trib_t=s}
  WHERE s.trib_op = 'u' AND NOT s.trib_complete AND (trib_t.{first_key} IS NULL OR {trib_t.position} < s.trib_position)
  UNION DISTINCT
  SELECT {v.keys} FROM versions AS v JOIN departures AS d ON d.trib_link = v.trib_link
  WHERE v.trib_move = 'away' AND v.trib_life_link IS NOT NULL AND NOT {d.large.complete}) AS o ON {o=v};
ELSE
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_cycle)
SELECT 'applied', CURRENT_TIMESTAMP(), c FROM UNNEST(trib_cycles) AS c;
END IF;

END IF;
