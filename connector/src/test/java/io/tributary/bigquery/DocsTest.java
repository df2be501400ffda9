package io.tributary.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hand-written pages name classes and files that exist. */
final class DocsTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)(?:\\.[a-zA-Z]+)?`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  /** Named in the pages, but not ours. */
  private static final Set<String> FOREIGN =
      Set.of("ExtractNewRecordState", "AppendRows", "CreateWriteStream");

  @Test
  void theirClassesExist() throws IOException {
    Set<String> sources;
    try (Stream<Path> files = Files.walk(PROJECT)) {
      sources =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    Set<String> named = new TreeSet<>();
    for (Path page : pages()) {
      matches(CLASS, page).forEach(named::add);
    }
    assertThat(named).contains("BigQuerySinkTask");
    named.removeAll(FOREIGN);
    assertThat(sources).containsAll(named);
  }

  @Test
  void theirLinksLeadSomewhere() throws IOException {
    for (Path page : pages()) {
      for (String link : matches(LINK, page)) {
        assertThat(page.resolveSibling(link)).as("linked from %s", page).exists();
      }
    }
  }

  private static Set<String> matches(Pattern pattern, Path page) throws IOException {
    return pattern
        .matcher(Files.readString(page))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> pages() throws IOException {
    Set<Path> pages = new TreeSet<>();
    for (String folder : new String[] {"", "docs", "docs/decisions"}) {
      try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    assertThat(pages).hasSizeGreaterThan(5);
    return pages;
  }
}
