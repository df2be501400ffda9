package io.tributary.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kafka.server.KafkaConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The image and the compose file name things that exist. Nothing is started: that would take a
 * container registry.
 */
final class ContainersTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  private static final Path DOCKERFILE = ROOT.resolve("packaging/image/Dockerfile");
  private static final Path WORKER = ROOT.resolve("packaging/image/worker.properties");
  private static final Path REGISTER = ROOT.resolve("packaging/image/register.sh");

  @Test
  void everyFileThatIsMountedOrCopiedIsThere() throws IOException {
    for (JsonNode service : services().values()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = part(volume.asText(), 0);
        assertThat(ROOT.resolve(source)).exists();
      }
    }
    assertThat(copies()).isNotEmpty();
    List<String> sent = Files.readAllLines(ROOT.resolve(".dockerignore"));
    copies()
        .forEach(
            (source, target) -> {
              assertThat(ROOT.resolve(source)).exists();
              assertThat(sent).contains("!" + source.replaceAll("/$", ""));
            });
    JsonNode build = services().get("connect").path("build");
    assertThat(ROOT.resolve(build.path("context").asText()).normalize()).isEqualTo(ROOT);
    assertThat(ROOT.resolve(build.path("dockerfile").asText())).isEqualTo(DOCKERFILE);
  }

  @Test
  void theImageHoldsBothConnectorsOnThePluginPath() throws IOException {
    String pluginPath = worker().getProperty("plugin.path");
    List<String> sources =
        copies().entrySet().stream()
            .filter(copy -> copy.getValue().equals(pluginPath + "/"))
            .map(Map.Entry::getKey)
            .toList();
    List<String> jars =
        sources.stream().flatMap(source -> jarsBelow(ROOT.resolve(source))).toList();
    assertThat(jars)
        .anyMatch(jar -> jar.startsWith("tributary-bigquery/tributary-connector-"))
        .anyMatch(
            jar -> jar.startsWith("debezium-connector-postgres/debezium-connector-postgres-"));
    assertThat(copies()).containsEntry("packaging/image/worker.properties", lastWord("CMD"));
    assertThat(instructions("ENV"))
        .contains(
            List.of(
                "ENV",
                "KAFKA_OPTS=-Djava.util.logging.config.file="
                    + copies().get("packaging/image/logging.properties")));
  }

  @Test
  void imagesArePinnedToTheVersionsOfTheBuild() throws IOException {
    Stream.concat(
            services().values().stream()
                .filter(service -> service.has("image"))
                .map(service -> service.get("image").asText()),
            Stream.of(lastWord("FROM")))
        .forEach(
            image -> {
              assertThat(image).matches("[a-z/-]+:[0-9]+\\.[0-9]+[0-9A-Za-z._-]*");
              if (image.startsWith("apache/kafka:")) {
                assertThat(image).endsWith(":" + System.getProperty("kafka.version"));
              }
              if (image.startsWith("postgres:")) {
                assertThat(System.getProperty("postgres.version")).startsWith(part(image, 1));
              }
            });
  }

  @Test
  void servicesNameEachOther() throws IOException {
    Map<String, JsonNode> services = services();
    assertThat(services).containsOnlyKeys("postgres", "kafka", "emulator", "connect", "register");
    services
        .values()
        .forEach(
            service -> {
              service.path("depends_on").fieldNames().forEachRemaining(on -> named(services, on));
              if (service.has("network_mode")) {
                named(services, part(service.get("network_mode").asText(), 1));
              }
              if (service.path("environment").has("BOOTSTRAP_SERVERS")) {
                named(services, part(service.at("/environment/BOOTSTRAP_SERVERS").asText(), 0));
              }
            });
  }

  private static void named(Map<String, JsonNode> services, String name) {
    assertThat(services).containsKey(name);
  }

  @Test
  void theBrokerAcceptsItsSettings() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    services()
        .get("kafka")
        .get("environment")
        .properties()
        .forEach(
            variable -> {
              String key =
                  variable
                      .getKey()
                      .substring("KAFKA_".length())
                      .toLowerCase(Locale.ROOT)
                      .replace('_', '.');
              assertThat(KafkaConfig.configDef().names()).contains(key);
              settings.put(key, variable.getValue().asText());
            });
    assertThatCode(() -> new KafkaConfig(settings)).doesNotThrowAnyException();
  }

  @Test
  void theWorkerAcceptsItsSettings() throws IOException {
    Map<String, String> settings = new HashMap<>();
    worker().forEach((key, value) -> settings.put(key.toString(), value.toString()));
    DistributedConfig config = new DistributedConfig(settings);
    settings.keySet().removeIf(key -> key.startsWith("config.providers."));
    assertThat(config.values()).containsKeys(settings.keySet().toArray(String[]::new));
    assertThat(config.getList("bootstrap.servers")).containsExactly("broker:9092");
  }

  @Test
  void theEmulatorAcceptsItsArguments() throws Exception {
    JsonNode emulator = services().get("emulator");
    List<String> command = texts(emulator.get("command"));
    assertThat(command.subList(0, 2)).containsExactly("java", "-jar");
    String mount = texts(emulator.get("volumes")).get(0);
    assertThat(command.get(2)).isEqualTo(part(mount, 1));
    Path jar = ROOT.resolve(part(mount, 0)).normalize();
    try (JarFile content = new JarFile(jar.toFile())) {
      String main = content.getManifest().getMainAttributes().getValue("Main-Class");
      assertThat(content.getEntry(main.replace('.', '/') + ".class")).isNotNull();
    }
    String help =
        run(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-jar",
            jar.toString(),
            "--help");
    for (String argument : command.subList(3, command.size())) {
      assertThat(help).contains(argument.replaceAll("=.*", "="));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres-source.json", "bigquery-sink-emulator.json"})
  void registrationFillsInTheExamples(String example) throws Exception {
    String filled =
        run(
            "sh",
            REGISTER.toString(),
            "fill",
            ROOT.resolve("config-examples/" + example).toString());
    assertThat(filled).doesNotContain("@{");
    JsonNode config = new ObjectMapper().readTree(filled).get("config");
    Map<String, JsonNode> services = services();
    if (config.has("database.hostname")) {
      assertThat(services).containsKey(config.get("database.hostname").asText());
      assertThat(config.get("database.dbname"))
          .isEqualTo(services.get("postgres").at("/environment/POSTGRES_DB"));
    } else {
      List<String> arguments = texts(services.get("emulator").get("command"));
      assertThat(arguments)
          .contains("--project=" + config.get("project").asText())
          .contains("--rest-port=" + config.get("endpoint.rest").asText().replaceAll(".*:", ""))
          .contains("--grpc-port=" + part(config.get("endpoint.grpc").asText(), 1));
    }
    assertThat(services.get("register").at("/environment/POSTGRES_PASSWORD"))
        .isEqualTo(services.get("postgres").at("/environment/POSTGRES_PASSWORD"));
  }

  private static Map<String, JsonNode> services() throws IOException {
    JsonNode compose =
        new ObjectMapper(new YAMLFactory()).readTree(ROOT.resolve("docker-compose.yml").toFile());
    Map<String, JsonNode> services = new TreeMap<>();
    compose
        .get("services")
        .properties()
        .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
    return services;
  }

  private static Properties worker() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(WORKER)) {
      properties.load(reader);
    }
    return properties;
  }

  private static Map<String, String> copies() throws IOException {
    Map<String, String> copies = new TreeMap<>();
    for (List<String> line : instructions("COPY")) {
      assertThat(line).hasSize(3);
      copies.put(line.get(1), line.get(2));
    }
    return copies;
  }

  private static String lastWord(String instruction) throws IOException {
    List<List<String>> lines = instructions(instruction);
    assertThat(lines).hasSize(1);
    List<String> words = lines.get(0);
    return words.get(words.size() - 1).replaceAll("[\"\\]]", "");
  }

  private static List<List<String>> instructions(String name) throws IOException {
    return Files.readAllLines(DOCKERFILE).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> List.of(line.split(" ", -1)))
        .toList();
  }

  private static Stream<String> jarsBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String part(String text, int index) {
    return text.split(":", -1)[index];
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POSTGRES_PASSWORD", "local-only");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
