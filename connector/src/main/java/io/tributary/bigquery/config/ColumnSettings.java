package io.tributary.bigquery.config;

import java.util.Optional;

/**
 * What the configuration says of one column.
 *
 * @param type the type that it gets in BigQuery, as GoogleSQL spells it; empty: by the source's
 * @param excluded whether it is left out of the table
 * @param hashed whether its values are stored as hashes only
 * @param policyTag resource name of the policy tag that guards it
 * @param lossy what becomes of values that it cannot hold exactly
 * @param encoding how its bytes arrive; by the connector's if they arrive as bytes
 */
public record ColumnSettings(
    Optional<String> type,
    boolean excluded,
    boolean hashed,
    Optional<String> policyTag,
    Lossy lossy,
    Encoding encoding) {
  /** Nothing is said. */
  public static final ColumnSettings NONE =
      new ColumnSettings(
          Optional.empty(), false, false, Optional.empty(), Lossy.REFUSE, Encoding.BYTES);
}
