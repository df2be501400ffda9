package io.tributary.systemtests.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a row has come that is done in parts, kept in a file: a run that was interrupted goes on
 * there. Forgotten once the row is complete.
 *
 * @param times how often the fault has struck every mode
 */
record Progress(int times, Map<Mode, Figures> figures) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("target", "faults");

  static Progress of(Fault fault) throws IOException {
    Path file = file(fault);
    return Files.exists(file)
        ? JSON.readValue(file.toFile(), new TypeReference<>() {})
        : new Progress(0, Map.of());
  }

  /** With another part, which is in the file then. */
  Progress plus(Fault fault, int more, Map<Mode, Figures> part) throws IOException {
    Map<Mode, Figures> sum = new EnumMap<>(part);
    figures.forEach((mode, found) -> sum.merge(mode, found, Figures::plus));
    Progress longer = new Progress(times + more, sum);
    Files.createDirectories(FOLDER);
    Path next = FOLDER.resolve("next.json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), longer);
    Files.move(next, file(fault), StandardCopyOption.ATOMIC_MOVE);
    return longer;
  }

  static void forget(Fault fault) throws IOException {
    Files.deleteIfExists(file(fault));
  }

  private static Path file(Fault fault) {
    return FOLDER.resolve("fault-" + fault.number() + ".json");
  }
}
