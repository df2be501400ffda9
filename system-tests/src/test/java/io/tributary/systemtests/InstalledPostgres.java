package io.tributary.systemtests;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of Debian's or Ubuntu's packages that has PostGIS and pgvector. */
final class InstalledPostgres {
  private static final Path SERVERS = Path.of("/usr/lib/postgresql");
  private static final Path SHARED = Path.of("/usr/share/postgresql");

  private InstalledPostgres() {}

  /** The home of the newest one, if there is one. */
  static Optional<Path> withExtensions() throws IOException {
    if (!Files.isDirectory(SERVERS)) {
      return Optional.empty();
    }
    List<Path> homes = new ArrayList<>();
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(SERVERS, "[0-9]*")) {
      versions.forEach(homes::add);
    }
    return homes.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/initdb")))
        .filter(InstalledPostgres::hasExtensions)
        .max(Comparator.comparingInt(home -> Integer.parseInt(home.getFileName().toString())));
  }

  private static boolean hasExtensions(Path home) {
    Path extensions = SHARED.resolve(home.getFileName()).resolve("extension");
    return Stream.of("postgis.control", "vector.control")
        .allMatch(control -> Files.exists(extensions.resolve(control)));
  }
}
