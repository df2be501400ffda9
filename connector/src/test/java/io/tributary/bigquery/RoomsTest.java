package io.tributary.bigquery;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the connector, and the one way in which they may depend on each other. */
final class RoomsTest {
  private static final String ROOT = "io.tributary.bigquery";

  /** What each room may use besides itself, the JDK and libraries. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "error", Set.of(),
          "offset", Set.of("error"),
          "config", Set.of("error"),
          "change", Set.of("error", "offset", "config"),
          "table", Set.of("error", "config", "change"),
          "row", Set.of("error", "config", "offset", "change", "table"),
          "write", Set.of("error", "config", "offset", "change", "table", "row"),
          "bigquery", Set.of("error", "config", "offset", "change", "table", "row", "write"),
          "connect",
              Set.of("error", "config", "offset", "change", "table", "row", "write", "bigquery"));

  private static final Pattern REFLECTION =
      Pattern.compile("forName|newInstance|get(Declared)?(Method|Field|Constructor|Classe?)s?");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void theHouseHasTheseRoomsAndNoOthers() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackageName().equals(ROOT)) {
        found.add(type.getPackageName().substring(ROOT.length() + 1).replaceAll("\\..*", ""));
      }
    }
    assertThat(found).isEqualTo(rooms());
  }

  static Set<String> rooms() {
    return new TreeSet<>(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsBelowIt(String room) {
    String[] barred =
        rooms().stream()
            .filter(other -> !other.equals(room) && !MAY_USE.get(room).contains(other))
            .map(RoomsTest::inside)
            .toArray(String[]::new);
    assertThat(barred.length).isEqualTo(rooms().size() - 1 - MAY_USE.get(room).size());
    noClasses()
        .that()
        .resideInAPackage(inside(room))
        .should()
        .dependOnClassesThat(resideInAnyPackage(barred))
        .check(CLASSES);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noRoomKnowsTheConnectorClass() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".BigQuerySinkConnector")
        .check(CLASSES);
  }

  @Test
  void googleStaysAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("bigquery"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.cloud..",
            "com.google.auth..",
            "com.google.api..",
            "com.google.rpc..",
            "io.grpc..")
        .check(CLASSES);
  }

  @Test
  void protobufStaysWhereBytesAreMadeOrSent() {
    noClasses()
        .that()
        .resideOutsideOfPackages(inside("row"), inside("write"), inside("bigquery"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void theConnectRuntimeStaysAtItsDoor() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, inside("connect"), inside("change"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.connect.sink..")
        .check(CLASSES);
  }

  @Test
  void timeAndThreadsAreHandedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(inside("connect"), inside("bigquery"))
        .should()
        .callCodeUnitWhere(
            describe("read the clock, sleep or start a thread", RoomsTest::isClockOrThread))
        .check(CLASSES);
  }

  /** No fixed wait behind a new table or column: only pauses between attempts, which grow. */
  @Test
  void nobodySleepsButBetweenAttempts() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".write.Pause")
        .should()
        .callCodeUnitWhere(describe("sleep", RoomsTest::isSleep))
        .check(CLASSES);
  }

  private static boolean isSleep(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    return call.getTarget().getName().equals("sleep")
        && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
  }

  @Test
  void staticFieldsAreConstants() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
    noFields()
        .that()
        .areStatic()
        .should()
        .haveRawType(
            describe(
                "state that many share",
                type ->
                    type.getPackageName().equals("java.util.concurrent.atomic")
                        || ((type.isAssignableTo(Collection.class)
                                || type.isAssignableTo(Map.class))
                            && !type.isInterface())))
        .check(CLASSES);
  }

  /** A configuration may name values, never code. */
  @Test
  void noCodeIsFoundByNameNorReadFromBytes() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..", "javax.script..", "javax.naming..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ClassLoader.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .orShould()
        .callCodeUnitWhere(describe("look at classes by name", RoomsTest::isReflection))
        .check(CLASSES);
  }

  private static boolean isReflection(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(Class.class)
        && REFLECTION.matcher(call.getTarget().getName()).matches();
  }

  private static boolean isClockOrThread(JavaCall<?> call) {
    CodeUnitCallTarget target = call.getTarget();
    JavaClass owner = target.getOwner();
    String name = target.getName();
    return (owner.isEquivalentTo(System.class)
            && Set.of("currentTimeMillis", "nanoTime").contains(name))
        || (owner.isEquivalentTo(Instant.class)
            && name.equals("now")
            && target.getRawParameterTypes().isEmpty())
        || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
        || (owner.isEquivalentTo(Thread.class) && Set.of("sleep", "<init>").contains(name))
        || owner.isEquivalentTo(Executors.class);
  }

  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }
}
