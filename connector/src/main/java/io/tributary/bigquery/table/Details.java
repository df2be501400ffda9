package io.tributary.bigquery.table;

import java.util.Objects;
import java.util.Set;

/**
 * What belongs to a column beside its name, type and mode.
 *
 * @param limit the type's parameters
 * @param description what the source says of the column, or empty
 * @param policyTag resource name of the policy tag that guards it, or empty
 * @param alternatives of a column that a record asks for: other types of a table's column that take
 *     the record's values as they are
 */
public record Details(
    Limit limit, String description, String policyTag, Set<ColumnType> alternatives) {
  /** Nothing beside name, type and mode. */
  public static final Details NONE = new Details(Limit.NONE, "", "", Set.of());

  public Details {
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(policyTag, "policyTag");
    alternatives = Set.copyOf(alternatives);
  }

  public Details withLimit(Limit newLimit) {
    return new Details(newLimit, description, policyTag, alternatives);
  }

  public Details withDescription(String newDescription) {
    return new Details(limit, newDescription, policyTag, alternatives);
  }

  public Details withPolicyTag(String newPolicyTag) {
    return new Details(limit, description, newPolicyTag, alternatives);
  }

  public Details withAlternatives(Set<ColumnType> newAlternatives) {
    return new Details(limit, description, policyTag, newAlternatives);
  }
}
