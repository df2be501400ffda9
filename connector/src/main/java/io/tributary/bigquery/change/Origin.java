package io.tributary.bigquery.change;

import java.util.Optional;

/**
 * The table of the source that a change came from.
 *
 * @param topic the record's topic after transforms
 * @param database empty when the record does not tell
 * @param schema empty when the record does not tell (or the database has none)
 * @param table empty when the record does not tell
 */
public record Origin(
    String topic, Optional<String> database, Optional<String> schema, Optional<String> table) {}
