package io.tributary.tools.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The source folder of Tributary, in which the build leaves what a local pipeline is made of.
 *
 * @param root the folder that holds {@code config-examples} and {@code packaging}
 */
public record TributaryHome(Path root) {
  private static final String PROPERTY = "tributary.home";

  /**
   * The folder named by the system property {@code tributary.home}, else the nearest one at or
   * above the working directory.
   *
   * @throws IllegalStateException if there is none
   */
  public static TributaryHome locate() {
    String named = System.getProperty(PROPERTY);
    Path start = Path.of(named == null ? "" : named).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("config-examples"))
          && Files.isDirectory(folder.resolve("packaging"))) {
        return new TributaryHome(folder);
      }
    }
    throw new IllegalStateException(
        "Tributary's source folder is neither " + start + " nor above it; set -D" + PROPERTY + ".");
  }

  /** A connector's configuration from {@code config-examples}, as text with its tokens. */
  public String configExample(String file) {
    try {
      return Files.readString(root.resolve("config-examples").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("config-examples/" + file + " cannot be read.", e);
    }
  }

  /** The jars of a Connect worker, without any plugin. */
  Path workerLib() {
    return built(root.resolve("packaging/worker/target/worker/lib"));
  }

  /** The settings of {@code java.util.logging} for a Connect worker. */
  Path workerLogging() {
    return root.resolve("packaging/image/logging.properties");
  }

  /** The folder that holds Debezium's plugin folder. */
  Path debeziumPlugins() {
    return built(root.resolve("packaging/worker/target/worker/plugins"));
  }

  /**
   * Unpacks the plugin zip into {@code folder}.
   *
   * @throws IllegalStateException if the zip has not been built
   */
  public void unpackPlugin(Path folder) {
    Path zip = pluginZip();
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry points outside the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entries, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The plugin zip " + zip + " cannot be unpacked.", e);
    }
  }

  private Path pluginZip() {
    Path target = built(root.resolve("packaging/plugin/target"));
    try (Stream<Path> files = Files.list(target)) {
      List<Path> zips =
          files
              .filter(file -> file.getFileName().toString().matches("tributary-bigquery-.*\\.zip"))
              .toList();
      if (zips.size() != 1) {
        throw new IllegalStateException(
            "One tributary-bigquery-*.zip is expected in "
                + target
                + ", found "
                + zips.size()
                + "; build with: ./mvnw -DskipTests clean package");
      }
      return zips.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + target + " cannot be listed.", e);
    }
  }

  private static Path built(Path path) {
    if (!Files.isDirectory(path)) {
      throw new IllegalStateException(
          path + " has not been built; build with: ./mvnw -DskipTests package");
    }
    return path;
  }
}
