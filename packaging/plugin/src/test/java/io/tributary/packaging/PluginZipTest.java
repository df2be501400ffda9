package io.tributary.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What a Connect worker is given is exactly what was reviewed. */
final class PluginZipTest {
  private static final String FOLDER = "tributary-bigquery/";
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));
  private static final Path REVIEWED = Path.of(System.getProperty("plugin.jars"));
  private static final String CONNECTOR = System.getProperty("plugin.connector");
  private static final String SERVICE =
      "META-INF/services/org.apache.kafka.connect.sink.SinkConnector";

  @Test
  void holdsTheConnectorTheLicenseAndTheReviewedJarsOnly() throws IOException {
    List<String> reviewed = Files.readAllLines(REVIEWED);
    assertThat(reviewed)
        .as("jars.txt is sorted, without repetition")
        .isSorted()
        .doesNotHaveDuplicates();
    List<String> expected = new ArrayList<>(reviewed);
    expected.add(CONNECTOR);
    expected.add("LICENSE");

    assertThat(entries().stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
        .allSatisfy(name -> assertThat(name).startsWith(FOLDER))
        .extracting(name -> name.substring(FOLDER.length()))
        .as(
            "the zip's files; when a dependency changed on purpose, review it and correct %s",
            REVIEWED)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void bringsNoClassThatTheWorkerOwns() throws IOException {
    List<String> foreign = new ArrayList<>();
    for (Map.Entry<String, List<String>> jar : contentOfJars().entrySet()) {
      jar.getValue().stream()
          .filter(
              name ->
                  Stream.of(
                          "org/apache/kafka/",
                          "org/slf4j/",
                          "ch/qos/logback/",
                          "org/apache/logging/")
                      .anyMatch(name::startsWith))
          .forEach(name -> foreign.add(jar.getKey() + "!" + name));
    }
    assertThat(foreign).isEmpty();
  }

  @Test
  void isFoundByServiceLoading() throws IOException {
    Map<String, List<String>> jars = contentOfJars();
    assertThat(jars.keySet().stream().filter(jar -> jars.get(jar).contains(SERVICE)))
        .containsExactly(FOLDER + CONNECTOR);
    byte[] jar = read(FOLDER + CONNECTOR);
    String connector = "";
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(SERVICE)) {
          connector = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
      }
    }
    assertThat(connector).isEqualTo("io.tributary.bigquery.BigQuerySinkConnector");
    assertThat(jars.get(FOLDER + CONNECTOR)).contains(connector.replace('.', '/') + ".class");
  }

  @Test
  void isTheSameWhoeverBuildsIt() throws IOException {
    List<ZipEntry> entries = entries();
    assertThat(entries.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    assertThat(entries.stream().map(ZipEntry::getName)).isSorted();
  }

  private static List<ZipEntry> entries() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      return List.copyOf(Collections.list(zip.entries()));
    }
  }

  private static byte[] read(String name) throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static Map<String, List<String>> contentOfJars() throws IOException {
    Map<String, List<String>> jars = new TreeMap<>();
    for (ZipEntry entry : entries()) {
      if (entry.getName().endsWith(".jar")) {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in =
            new ZipInputStream(new ByteArrayInputStream(read(entry.getName())))) {
          for (ZipEntry inner = in.getNextEntry(); inner != null; inner = in.getNextEntry()) {
            names.add(inner.getName());
          }
        }
        jars.put(entry.getName(), names);
      }
    }
    assertThat(jars).isNotEmpty();
    return jars;
  }
}
