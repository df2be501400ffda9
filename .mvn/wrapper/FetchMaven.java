import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Downloads the pinned Maven, checks its SHA-512 and unpacks it; started by {@code mvnw} as a source file. */
public final class FetchMaven {
  private static final int ATTEMPTS = 3;

  private FetchMaven() {}

  public static void main(String[] args) throws Exception {
    try {
      fetch(Path.of(args[0]), Path.of(args[1], "settings.xml"), Path.of(args[2]));
    } catch (IOException failure) {
      System.err.println("mvnw: " + failure.getMessage());
      System.exit(1);
    }
  }

  private static void fetch(Path properties, Path settings, Path home) throws Exception {
    Properties pinned = new Properties();
    try (InputStream in = Files.newInputStream(properties)) {
      pinned.load(in);
    }
    String version = pinned.getProperty("version");
    URI source =
        URI.create(
            "%s/org/apache/maven/apache-maven/%s/apache-maven-%s-bin.zip"
                .formatted(repository(settings), version, version));

    Files.createDirectories(home.getParent());
    // Work beside the goal, on the same file system, so that the last step is one atomic rename.
    Path work = Files.createTempDirectory(home.getParent(), "fetch-");
    try {
      Path zip = work.resolve("maven.zip");
      System.err.println("mvnw: fetching Maven " + version + " from " + source);
      download(source, zip);
      verify(zip, pinned.getProperty("sha512"), source);
      Path unpacked = unpack(zip, work.resolve("unpacked")).resolve("apache-maven-" + version);
      publish(unpacked, home);
    } finally {
      delete(work);
    }
  }

  private static String repository(Path settings) throws Exception {
    String named = System.getenv("MVNW_REPOURL");
    String base = named != null && !named.isBlank() ? named : mirror(settings).orElseGet(FetchMaven::central);
    return base.strip().replaceAll("/+$", "");
  }

  /** The public repository answers under the group id of Maven itself, read as a host name. */
  private static String central() {
    List<String> labels = Arrays.asList("org.apache.maven".split("\\."));
    Collections.reverse(labels);
    return "https://repo." + String.join(".", labels) + "/maven2";
  }

  private static Optional<String> mirror(Path settings) throws Exception {
    if (!Files.isReadable(settings)) {
      return Optional.empty();
    }
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    NodeList mirrors =
        factory.newDocumentBuilder().parse(settings.toFile()).getElementsByTagName("mirror");
    for (int i = 0; i < mirrors.getLength(); i++) {
      Element mirror = (Element) mirrors.item(i);
      List<String> of =
          Stream.of(text(mirror, "mirrorOf").split(",")).map(String::strip).collect(Collectors.toList());
      boolean central =
          of.contains("central") || of.contains("*") || of.contains("external:*");
      if (central && !of.contains("!central")) {
        return Optional.of(text(mirror, "url"));
      }
    }
    return Optional.empty();
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static void download(URI source, Path zip) throws IOException, InterruptedException {
    if ("file".equals(source.getScheme())) {
      Files.copy(Path.of(source), zip);
      return;
    }
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    HttpRequest request = HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(5)).build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<Path> answer = client.send(request, HttpResponse.BodyHandlers.ofFile(zip));
        if (answer.statusCode() == 200) {
          return;
        }
        throw new IOException("HTTP " + answer.statusCode());
      } catch (IOException failure) {
        if (attempt == ATTEMPTS) {
          throw new IOException(
              "cannot download "
                  + source
                  + ": "
                  + failure
                  + ". Set MVNW_REPOURL to a Maven repository that can be reached from here.",
              failure);
        }
      }
    }
  }

  private static void verify(Path zip, String expected, URI source) throws Exception {
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    try (InputStream in = new DigestInputStream(Files.newInputStream(zip), sha512)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String actual = HexFormat.of().formatHex(sha512.digest());
    if (!actual.equals(expected)) {
      throw new IOException(
          "%s has SHA-512 %s, but .mvn/wrapper/maven.properties pins %s. Nothing was installed."
              .formatted(source, actual, expected));
    }
  }

  private static Path unpack(Path zip, Path folder) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(in, target);
          // java.util.zip does not carry file modes.
          if (target.getParent().endsWith("bin") && !target.getFileName().toString().contains(".")) {
            target.toFile().setExecutable(true, false);
          }
        }
      }
    }
    return folder;
  }

  private static void publish(Path unpacked, Path home) throws IOException {
    try {
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException taken) {
      // Another start was faster; its copy passed the same check.
      if (!Files.isExecutable(home.resolve("bin/mvn"))) {
        throw taken;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
    }
  }
}
