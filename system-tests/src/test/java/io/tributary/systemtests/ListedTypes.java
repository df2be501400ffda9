package io.tributary.systemtests;

import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;

/** The types of a database that the documentation lists. */
final class ListedTypes {
  private ListedTypes() {}

  /**
   * The first column of one of the tables of {@code docs/types.md}, without the rows of arrays.
   *
   * @param heading of the table
   */
  static Set<String> under(String heading) throws IOException {
    String page = Files.readString(TributaryHome.locate().root().resolve("docs/types.md"));
    Set<String> types = new TreeSet<>();
    boolean here = false;
    for (String line : page.lines().toList()) {
      if (line.startsWith("## ")) {
        here = line.equals("## " + heading);
      } else if (here && line.startsWith("| ") && !line.startsWith("| Source type")) {
        types.add(line.substring(2, line.indexOf(" |")));
      }
    }
    types.removeIf(type -> type.contains("[]"));
    return types;
  }
}
