-- One chain job: folds every sealed, unapplied cycle of a table into its destination.
--
-- The statements stand in an order in which a crash after any of them is harmless, because repeating the script
-- changes nothing: remember deletes, then change the destination, then mark the cycles as applied.
--
-- A key's staged changes are its versions. A life of a key runs from one delete (or from the arrival of a row from
-- another key) to the next. A box is the newest value of a column that a version knows of in its life, with that
-- value's position. Departures are the last states of rows whose key changed, by the link that both halves carry.
DECLARE cycles ARRAY<STRING>;
DECLARE floor_position BYTES;
SET cycles = (
  SELECT ARRAY_AGG(DISTINCT trib_cycle) FROM {staging}
  WHERE trib_kind = 'change' AND trib_staged_at >= {horizon} AND trib_cycle NOT IN (
    SELECT a.trib_cycle FROM {staging} AS a WHERE a.trib_kind = 'applied' AND a.trib_staged_at >= {horizon}));
IF ARRAY_LENGTH(cycles) > 0 THEN

IF (SELECT MAX(trib_columns) FROM {staging} WHERE {staged}) > {width} THEN
  RAISE USING MESSAGE = '{too_narrow}';
END IF;

-- Nothing at or below a truncate survives it.
SET floor_position = (
  SELECT COALESCE(MAX(trib_position), b'') FROM {staging}
  WHERE trib_kind = 'truncate' OR ({staged} AND trib_op = 't'));

CREATE TEMP TABLE versions AS
WITH staged AS (
  SELECT {keys}{small}{large.boxed}, {own} FROM {staging}
  WHERE {staged} AND trib_op IN ('u', 'd') AND trib_position > floor_position),
lives AS (
  SELECT *,
    COUNTIF(trib_op = 'd') OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    + COUNTIF(COALESCE(trib_move, '') = 'here') OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS life,
    COALESCE(MAX(IF(trib_op = 'd', trib_position, NULL)) OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), b'')
      AS left_at,
    COALESCE(MAX(IF(trib_move = 'here', trib_position, NULL)) OVER (
      PARTITION BY {keys} ORDER BY trib_position, trib_cycle ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), b'')
      AS arrived_at
  FROM staged)
SELECT {keys}{small}{large.inherited}, {own},
  FIRST_VALUE(IF(trib_move = 'here', trib_link, NULL)) OVER ({by_life}
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS life_link,
  IF(left_at > arrived_at, left_at, arrived_at) AS life_position
FROM lives;

-- The destination is looked at for departures only when a row moved.
IF (SELECT COUNT(*) FROM versions WHERE trib_move IS NOT NULL) > 0 THEN
CREATE TEMP TABLE departures AS
WITH remembered AS (
  SELECT trib_link AS link, trib_position AS position{large.boxed} FROM {staging} WHERE trib_kind = 'departure'),
leaving AS (
  SELECT v.trib_link AS link, v.trib_position AS position, v.life_link{large.left}
  FROM versions AS v LEFT JOIN {destination} AS t ON {t=v}
  WHERE v.trib_move = 'away' AND v.trib_link IS NOT NULL)
SELECT link, position{large.box} FROM (
  SELECT l.link, l.position{large.from_link} FROM leaving AS l LEFT JOIN remembered AS r ON r.link = l.life_link
  UNION ALL SELECT link, position{large.box} FROM remembered)
WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY link ORDER BY {large.known} DESC) = 1;
ELSE
CREATE TEMP TABLE departures AS
SELECT trib_link AS link, trib_position AS position{large.box} FROM versions WHERE FALSE;
END IF;

CREATE TEMP TABLE fold AS
WITH graves AS (
  SELECT {keys}, MAX(trib_position) AS grave FROM {staging} WHERE trib_kind = 'tombstone' GROUP BY {keys}),
latest AS (
  SELECT *, MAX(IF(trib_op = 'd', trib_position, NULL)) OVER (PARTITION BY {keys}) AS last_delete FROM versions
  WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY trib_position DESC, trib_cycle DESC) = 1),
filled AS (
  SELECT {v.keys}{v.small}{large.filled}, {v.own}, v.life_position, v.last_delete, COALESCE(g.grave, b'') AS grave
  FROM latest AS v LEFT JOIN graves AS g ON {g=v} LEFT JOIN departures AS d ON d.link = v.life_link)
SELECT *, {large.complete} AS complete FROM filled WHERE trib_op = 'd' OR trib_position > grave;

INSERT INTO {staging} (trib_kind, trib_staged_at, trib_position, {keys})
SELECT 'tombstone', CURRENT_TIMESTAMP(), last_delete, {keys} FROM fold
WHERE last_delete IS NOT NULL AND last_delete > grave;
IF (SELECT COUNT(*) FROM versions WHERE trib_move = 'away') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_link, trib_position, trib_unavailable{large})
SELECT 'departure', CURRENT_TIMESTAMP(), link, position, {large.unknown}{large.value} FROM departures
WHERE link IN (SELECT trib_link FROM versions WHERE trib_move = 'away');
END IF;

IF (SELECT COUNT(*) FROM {staging} WHERE {staged} AND trib_op = 't') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_position)
SELECT 'truncate', CURRENT_TIMESTAMP(), floor_position;
DELETE FROM {destination} WHERE COALESCE(change_metadata.position, b'') < floor_position;
END IF;

MERGE {destination} AS t USING fold AS s ON {t=s}
WHEN MATCHED AND s.trib_op = 'd' AND s.trib_position > {t.position} THEN DELETE
WHEN MATCHED AND s.trib_op = 'u' AND s.trib_position > {t.position}
  AND NOT s.complete AND NOT {t.position} >= s.life_position THEN DELETE
WHEN MATCHED AND s.trib_op = 'u' AND s.trib_position > {t.position} THEN
  UPDATE SET {small.set}{large.set}change_metadata = {metadata}
WHEN NOT MATCHED AND s.trib_op = 'u' AND s.complete THEN
  INSERT ({keys}{small}{large}, change_metadata) VALUES ({s.keys}{s.small}{s.large.value}, {metadata});

-- Marks, and the staged rows that nobody could complete yet, in one statement.
IF (SELECT COUNT(*) FROM fold WHERE trib_op = 'u' AND NOT complete)
  + (SELECT COUNT(*) FROM versions WHERE trib_move = 'away') > 0 THEN
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_cycle, trib_topic, trib_partition, trib_offset)
SELECT 'applied', CURRENT_TIMESTAMP(), c, CAST(NULL AS STRING), CAST(NULL AS INT64), CAST(NULL AS INT64)
FROM UNNEST(cycles) AS c
UNION ALL
SELECT 'unresolved', CURRENT_TIMESTAMP(), v.trib_cycle, v.trib_topic, v.trib_partition, v.trib_offset
FROM versions AS v JOIN (
  SELECT {s.keys} FROM fold AS s LEFT JOIN {destination} AS t ON {t=s}
  WHERE s.trib_op = 'u' AND NOT s.complete AND (t.{first_key} IS NULL OR {t.position} < s.trib_position)
  UNION DISTINCT
  SELECT {v.keys} FROM versions AS v JOIN departures AS d ON d.link = v.trib_link
  WHERE v.trib_move = 'away' AND v.life_link IS NOT NULL AND NOT {d.large.complete}) AS o ON {o=v};
ELSE
INSERT INTO {staging} (trib_kind, trib_staged_at, trib_cycle)
SELECT 'applied', CURRENT_TIMESTAMP(), c FROM UNNEST(cycles) AS c;
END IF;

END IF;
