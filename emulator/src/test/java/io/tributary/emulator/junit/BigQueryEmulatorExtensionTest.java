package io.tributary.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.junit.BigQueryEmulatorExtension.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The emulator as an extension of JUnit, in each of the ways in which it can be registered. */
class BigQueryEmulatorExtensionTest {
  private static final DatasetRef SHOP = new DatasetRef("local", "shop");

  @Test
  void thePageShowsTheExampleThatRunsHere() throws IOException {
    String example =
        Files.readString(Path.of("src/test/java/io/tributary/emulator/junit/ShopTest.java"));
    String code = example.substring(example.indexOf("class ShopTest"));
    assertThat(Files.readString(Path.of("../docs/emulator.md"))).contains(code);
  }

  @Test
  void thereIsNoEmulatorOutsideOfTests() {
    assertThatThrownBy(new BigQueryEmulatorExtension()::restUrl)
        .hasMessageContaining("only while tests do");
  }

  /** One emulator that keeps what the tests of the class make. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class OfClass {
    @RegisterExtension final BigQueryEmulatorExtension bigQuery = new BigQueryEmulatorExtension();

    private BigQueryEmulator first;

    @BeforeAll
    void make(BigQueryEmulator emulator) {
      first = emulator;
      emulator.engine().createDataset(DatasetDefinition.of(SHOP));
    }

    @Test
    @Order(1)
    void seesWhatWasMadeBefore(BigQueryEmulator emulator) {
      assertThat(emulator).isSameAs(first).isSameAs(bigQuery.emulator());
      assertThat(bigQuery.restUrl()).isEqualTo("http://127.0.0.1:" + emulator.restPort());
      assertThat(bigQuery.grpcEndpoint()).isEqualTo("127.0.0.1:" + emulator.grpcPort());
      assertThat(emulator.engine().dataset(SHOP)).isPresent();
    }

    @Nested
    class Inside {
      @Test
      void sharesTheEmulatorAround(BigQueryEmulator emulator) {
        assertThat(emulator).isSameAs(first);
        assertThat(emulator.engine().dataset(SHOP)).isPresent();
      }
    }

    @AfterAll
    void stillRuns(BigQueryEmulator emulator) {
      assertThat(emulator.engine().dataset(SHOP)).isPresent();
    }
  }

  /** One emulator that each test finds empty. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OfTest {
    @RegisterExtension
    final BigQueryEmulatorExtension bigQuery =
        BigQueryEmulatorExtension.builder().contents(Contents.OF_TEST).build();

    private final Set<Integer> ports = new HashSet<>();

    @Test
    void beginsEmpty(BigQueryEmulator emulator) {
      fill(emulator);
    }

    @Test
    void beginsEmptyAgain(BigQueryEmulator emulator) {
      fill(emulator);
    }

    private void fill(BigQueryEmulator emulator) {
      ports.add(emulator.restPort());
      assertThat(ports).hasSize(1);
      assertThat(emulator.engine().datasets()).isEmpty();
      assertThat(emulator.calls()).isEmpty();
      var left = emulator.faults().loseAnswer(CallMatch.of("AppendRows"));
      assertThat(left.fired()).isZero();
      emulator.engine().createDataset(DatasetDefinition.of(SHOP));
    }
  }

  /** An emulator for each test. */
  @Nested
  class InAField {
    @RegisterExtension final BigQueryEmulatorExtension bigQuery = new BigQueryEmulatorExtension();

    @Test
    void isStartedForTheTest(BigQueryEmulator emulator) {
      assertThat(emulator.engine().datasets()).isEmpty();
    }
  }
}
