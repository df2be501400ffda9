package io.tributary.bigquery.table;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.config.TableChoices;
import io.tributary.bigquery.config.TableOptions;
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
  private final TableChoices choices;
  private final Map<Origin, Route> routes = new HashMap<>();
  private final Map<String, Owner> owners = new HashMap<>();

  /**
   * @param dataset template of the dataset's name
   * @param table template of the table's name
   * @param choices tells which tables have a history
   */
  public TableRouter(String project, String dataset, String table, TableChoices choices) {
    this.project = project;
    this.dataset = new NameTemplate("dataset.name.template", dataset);
    this.table = new NameTemplate("table.name.template", table);
    this.choices = choices;
  }

  /**
   * Where a change goes.
   *
   * @param history keeps every change of the table, if the configuration wants it
   */
  public record Route(TableId table, Optional<TableId> history) {}

  /** The tables of a change; two source tables that lead to one table are refused. */
  public Route route(Origin origin) {
    Route known = routes.get(origin);
    if (known != null) {
      return known;
    }
    TableId id =
        new TableId(
            project,
            TableNames.dataset(dataset.expand(origin)),
            TableNames.table(table.expand(origin)));
    Optional<TableId> history =
        choices.of(id.dataset(), id.table()).history()
            ? Optional.of(id.sibling(TableNames.table(id.table() + TableOptions.HISTORY)))
            : Optional.empty();
    own(id, owner(id, origin));
    history.ifPresent(kept -> own(kept, owner(kept, origin)));
    Route route = new Route(id, history);
    routes.put(origin, route);
    return route;
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
