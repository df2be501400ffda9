package io.tributary.bigquery.table;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides which BigQuery table a change goes to. One per task; not thread-safe. */
public final class TableRouter {
  private final String project;
  private final NameTemplate dataset;
  private final NameTemplate table;
  private final Map<Origin, TableId> routes = new HashMap<>();
  private final Map<String, Owner> owners = new HashMap<>();

  /**
   * @param dataset template of the dataset's name
   * @param table template of the table's name
   */
  public TableRouter(String project, String dataset, String table) {
    this.project = project;
    this.dataset = new NameTemplate("dataset.name.template", dataset);
    this.table = new NameTemplate("table.name.template", table);
  }

  /** The table of a change; two source tables that lead to one table are refused. */
  public TableId route(Origin origin) {
    TableId known = routes.get(origin);
    if (known != null) {
      return known;
    }
    TableId id =
        new TableId(
            project,
            TableNames.dataset(dataset.expand(origin)),
            TableNames.table(table.expand(origin)));
    own(id, owner(id, origin));
    routes.put(origin, id);
    return id;
  }

  /** Names that differ by case alone are one table in a dataset that does not tell case. */
  private void own(TableId id, Owner wanted) {
    String place = (id.dataset() + "." + id.table()).toLowerCase(Locale.ROOT);
    Owner owner = owners.get(place);
    if (owner != null && !(owner.table().equals(id) && owner.sameSource(wanted))) {
      throw new SinkException(
          ErrorCode.TABLE_COLLISION,
          "Both " + owner.name() + " and " + wanted.name() + " lead to " + id + ".");
    }
    if (owner == null || owner.source().isEmpty()) {
      owners.put(place, wanted);
    }
  }

  private Owner owner(TableId id, Origin origin) {
    boolean told = origin.table().isPresent() && (table.namesSource() || dataset.namesSource());
    Optional<String> source =
        told
            ? Optional.of(
                String.join(
                    ".",
                    origin.database().orElse(""),
                    origin.schema().orElse(""),
                    origin.table().get()))
            : Optional.empty();
    return new Owner(id, origin.topic(), source);
  }

  /**
   * Who leads to a table.
   *
   * @param source the source's table as records tell it; empty when only the topic is known
   */
  private record Owner(TableId table, String topic, Optional<String> source) {
    /** A delete without a value tells its topic only, even where rows tell more. */
    boolean sameSource(Owner other) {
      return (source.isPresent() && other.source.isPresent())
          ? source.equals(other.source)
          : topic.equals(other.topic);
    }

    String name() {
      return source.orElse(topic);
    }
  }
}
