package io.tributary.emulator.write;

/**
 * What is not documented of the Storage Write API, or was seen in more than one form.
 *
 * @param absentTable what a call about a table that does not exist is answered
 * @param extraFields what becomes of a connection whose schema has fields the table lacks
 * @param laterSchema what a schema in a later request for the same stream means
 * @param followers what appends are answered that follow a failed one at later offsets
 * @param rowErrors how many bad rows an answer names at most
 * @param largeRequests what becomes of a connection whose request is too large
 */
public record WriteChoices(
    AbsentTable absentTable,
    ExtraFields extraFields,
    LaterSchema laterSchema,
    Followers followers,
    int rowErrors,
    LargeRequests largeRequests) {

  /** The answer to calls about a table that does not exist. */
  public enum AbsentTable {
    /** As measured by github.com/flink-gcp/flink-connector-gcp. */
    PERMISSION_DENIED,
    /** As others saw it just after a table was made. */
    NOT_FOUND
  }

  /** The end of a connection whose schema has fields the table lacks. */
  public enum ExtraFields {
    /** The call fails. */
    END_CONNECTION,
    /** The request is answered with the error, and the connection goes on. */
    KEEP_CONNECTION
  }

  /** The meaning of a schema in a later request for the same stream. */
  public enum LaterSchema {
    /** Rows are read by it from then on, as the comments on ProtoData say. */
    FOLLOWED,
    /** It changes nothing, as the comments on AppendRowsRequest say. */
    IGNORED
  }

  /** The answer to appends behind a failed one. */
  public enum Followers {
    /** Their offset is beyond the end. */
    OUT_OF_RANGE,
    /** They are aborted for the failure before them. */
    ABORTED
  }

  /** The end of a connection whose request is too large. */
  public enum LargeRequests {
    /** The call fails, as seen in 2026. */
    END_CONNECTION,
    /** The request is answered with the error, as older tests of the clients expect. */
    KEEP_CONNECTION
  }

  /** What the service was seen to do most, and complete lists of bad rows. */
  public static WriteChoices defaults() {
    return new WriteChoices(
        AbsentTable.PERMISSION_DENIED,
        ExtraFields.END_CONNECTION,
        LaterSchema.FOLLOWED,
        Followers.OUT_OF_RANGE,
        Integer.MAX_VALUE,
        LargeRequests.END_CONNECTION);
  }

  /** The same choices with another answer for absent tables. */
  public WriteChoices withAbsentTable(AbsentTable value) {
    return new WriteChoices(value, extraFields, laterSchema, followers, rowErrors, largeRequests);
  }

  /** The same choices with another end for schemas with extra fields. */
  public WriteChoices withExtraFields(ExtraFields value) {
    return new WriteChoices(absentTable, value, laterSchema, followers, rowErrors, largeRequests);
  }

  /** The same choices with another meaning of later schemas. */
  public WriteChoices withLaterSchema(LaterSchema value) {
    return new WriteChoices(absentTable, extraFields, value, followers, rowErrors, largeRequests);
  }

  /** The same choices with another answer for followers. */
  public WriteChoices withFollowers(Followers value) {
    return new WriteChoices(absentTable, extraFields, laterSchema, value, rowErrors, largeRequests);
  }

  /** The same choices with lists of bad rows of this length at most. */
  public WriteChoices withRowErrors(int value) {
    return new WriteChoices(absentTable, extraFields, laterSchema, followers, value, largeRequests);
  }

  /** The same choices with another end for requests that are too large. */
  public WriteChoices withLargeRequests(LargeRequests value) {
    return new WriteChoices(absentTable, extraFields, laterSchema, followers, rowErrors, value);
  }
}
