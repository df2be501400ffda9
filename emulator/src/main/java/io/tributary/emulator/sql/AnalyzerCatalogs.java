package io.tributary.emulator.sql;

import com.google.zetasql.LanguageOptions;
import com.google.zetasql.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Catalogs that no query uses at the moment, the latest first. Thread-safe. */
final class AnalyzerCatalogs {
  private static final int IDLE = 32;

  /** Tables of former queries stay in a catalog, but not without end. */
  private static final int TABLES = 100;

  private final LanguageOptions language;
  private final Deque<AnalyzerCatalog> idle = new ArrayDeque<>();

  AnalyzerCatalogs(LanguageOptions language) {
    this.language = language;
  }

  /** A catalog with these variables, by lower-case name. */
  AnalyzerCatalog take(Map<String, Type> variables) {
    synchronized (idle) {
      for (Iterator<AnalyzerCatalog> all = idle.iterator(); all.hasNext(); ) {
        AnalyzerCatalog catalog = all.next();
        if (catalog.declares(variables)) {
          all.remove();
          return catalog;
        }
      }
    }
    return new AnalyzerCatalog(language, variables);
  }

  /** A catalog with these variables that is not to be given back. */
  AnalyzerCatalog fresh(Map<String, Type> variables) {
    return new AnalyzerCatalog(language, variables);
  }

  void giveBack(AnalyzerCatalog catalog) {
    AnalyzerCatalog dropped = catalog;
    if (catalog.size() <= TABLES) {
      synchronized (idle) {
        idle.addFirst(catalog);
        dropped = idle.size() > IDLE ? idle.removeLast() : null;
      }
    }
    if (dropped != null) {
      dropped.release();
    }
  }
}
