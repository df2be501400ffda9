package io.tributary.bigquery.faults;

import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What a record of the topic says, read without the product's code.
 *
 * @param op Debezium's letter
 * @param place among the source's changes: that in its log, or what the header {@link #PLACE} says;
 *     a row's version is the place of the change that brought it
 * @param id null of a truncate
 * @param big its beginning and length; null where there is none
 * @param unavailable whether the source left {@code big} out
 */
public record Event(At at, char op, long place, Long id, String big, boolean unavailable) {
  static final String UNAVAILABLE = "__debezium_unavailable_value";

  /** Of records whose place in the log does not tell which change of the source they are. */
  static final String PLACE = "place";

  /** Empty of a record that asks nothing of a table. */
  public static Optional<Event> of(SinkRecord each) {
    if (!(each.value() instanceof Struct value)
        || value.schema().field("op") == null
        || value.schema().field("source") == null) {
      return Optional.empty();
    }
    Struct after = value.getStruct("after");
    String big = after == null ? null : after.getString("big");
    Long id = each.key() == null ? null : ((Struct) each.key()).getInt64("id");
    return Optional.of(
        new Event(
            At.of(each),
            value.getString("op").charAt(0),
            place(each, value),
            id,
            shortened(big),
            UNAVAILABLE.equals(big)));
  }

  private static long place(SinkRecord each, Struct value) {
    Header told = each.headers().lastWithName(PLACE);
    if (told != null) {
      return (long) told.value();
    }
    Struct source = value.getStruct("source");
    return source.getInt64(source.schema().field("lsn") == null ? "pos" : "lsn");
  }

  /** Whether no row of the key is left after it. */
  boolean removes(long key) {
    return op == 't' || (op == 'd' && id == key);
  }

  private static String shortened(String text) {
    return text == null || text.length() <= 64
        ? text
        : text.substring(0, 64) + "... " + text.length();
  }
}
