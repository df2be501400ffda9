package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableRef;
import java.util.List;

/**
 * Where the rows of a query go.
 *
 * @param mayCreate whether the table is made if it does not exist
 * @param addFields whether the rows may bring new columns
 * @param relaxFields whether the rows may make REQUIRED columns NULLABLE
 * @param partitioning of a table that is made, or null
 * @param clustering of a table that is made
 */
public record Destination(
    TableRef table,
    boolean mayCreate,
    Write write,
    boolean addFields,
    boolean relaxFields,
    Partitioning partitioning,
    List<String> clustering) {

  public Destination {
    clustering = List.copyOf(clustering);
  }

  /** What becomes of the rows that the table has. */
  public enum Write {
    /** There may not be any. */
    WRITE_EMPTY,
    /** They are replaced, and the columns with them. */
    WRITE_TRUNCATE,
    /** They stay. */
    WRITE_APPEND
  }
}
