package io.tributary.emulator.refusals;

import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.refusals.Refusal.Kind;
import io.tributary.emulator.surgery.Surgery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the refusals in the emulator's class files. */
final class RefusalScan {
  private static final String ROOT = "io.tributary.emulator.";
  private static final Set<String> ROOMS =
      Set.of("catalog", "engine", "jobs", "limits", "rest", "sql", "write");

  /** The control endpoint, and who may call at all, are no part of BigQuery. */
  private static final Set<String> NOT_BIGQUERY =
      Set.of("rest.FaultOrder", "rest.ControlRoutes", "rest.LocalCallers");

  private static final Set<String> ERRORS =
      Set.of(
          "io/tributary/emulator/catalog/BigQueryError",
          "io/tributary/emulator/faults/InjectedFailure",
          "io/tributary/emulator/write/CellException",
          "io/tributary/emulator/write/WriterSchemaException",
          "io/grpc/StatusRuntimeException",
          "java/io/IOException",
          "java/time/DateTimeException");

  /** What the emulator cannot do, and what goes wrong inside it, are not BigQuery's refusals. */
  private static final Set<String> OWN_FAILURES =
      Set.of(
          "BigQueryError.notImplemented",
          "BigQueryError.internal",
          "Database.translated",
          "Functions$Call.refused");

  /** Methods that make an answer which refuses. */
  private static final Set<String> ANSWERS =
      Set.of(
          "AppendAnswers.invalid",
          "AppendAnswers.refused",
          "AppendAnswers.rowErrors",
          "Commit.error");

  private final ClassNode scanned;
  private final Set<String> ownFailures = new HashSet<>(OWN_FAILURES);
  private final List<Refusal> found = new ArrayList<>();

  private RefusalScan(ClassNode scanned) {
    this.scanned = scanned;
  }

  /** All refusals of the emulator, in the order of their classes. */
  static List<Refusal> all() {
    return classes().stream().flatMap(name -> in(Surgery.read(name)).stream()).toList();
  }

  static boolean covers(String name) {
    if (!name.startsWith(ROOT)) {
      return false;
    }
    String inside = name.substring(ROOT.length());
    int room = inside.indexOf('.');
    return room > 0
        && ROOMS.contains(inside.substring(0, room))
        && !NOT_BIGQUERY.contains(inside.replaceFirst("\\$.*", ""));
  }

  private static List<String> classes() {
    try {
      Path root =
          Path.of(
              BigQueryEmulator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(file -> file.endsWith(".class"))
            .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.'))
            .filter(RefusalScan::covers)
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Refusal> in(ClassNode scanned) {
    RefusalScan scan = new RefusalScan(scanned);
    scanned.methods.forEach(scan::noteOwnFailure);
    scanned.methods.forEach(scan::scan);
    return scan.found;
  }

  /** A method that makes an error of the emulator's own. */
  private void noteOwnFailure(MethodNode method) {
    boolean makesError = ERRORS.contains(Type.getReturnType(method.desc).getInternalName());
    for (AbstractInsnNode each : method.instructions) {
      if (makesError && each instanceof MethodInsnNode call && OWN_FAILURES.contains(name(call))) {
        ownFailures.add(simple(scanned.name) + "." + method.name);
      }
    }
  }

  private void scan(MethodNode method) {
    for (AbstractInsnNode each : method.instructions) {
      AbstractInsnNode before = previous(each);
      if (each.getOpcode() == Opcodes.ATHROW && makesError(before)) {
        add(method, each, Kind.THROWN, null);
      } else if (each.getOpcode() == Opcodes.ARETURN && answers(before)) {
        boolean joined = each.getPrevious().getType() == AbstractInsnNode.FRAME;
        add(method, joined ? before : each, joined ? Kind.MADE : Kind.ANSWERED, null);
      } else if (each instanceof MethodInsnNode call
          && name(call).equals("Optional.orElseThrow")
          && before instanceof InvokeDynamicInsnNode made) {
        supplier(made).ifPresent(supplier -> add(method, each, Kind.ABSENT, supplier));
      }
    }
  }

  private boolean makesError(AbstractInsnNode made) {
    return made instanceof MethodInsnNode call
        && !ownFailures.contains(name(call))
        && ERRORS.contains(
            call.name.equals("<init>")
                ? call.owner
                : Type.getReturnType(call.desc).getInternalName());
  }

  private boolean answers(AbstractInsnNode made) {
    if (scanned.name.endsWith("/AppendAnswers") || !(made instanceof MethodInsnNode call)) {
      return false;
    }
    if (!name(call).equals("Optional.of")) {
      return ANSWERS.contains(name(call));
    }
    AbstractInsnNode inside = previous(made);
    return answers(inside)
        || (inside instanceof MethodInsnNode status && name(status).equals("Refusals.schema"));
  }

  /** The lambda that makes the error, if it is one that counts. */
  private Optional<String> supplier(InvokeDynamicInsnNode made) {
    Handle body = (Handle) made.bsmArgs[1];
    String wanted = body.getName() + body.getDesc();
    return scanned.methods.stream()
        .filter(method -> (method.name + method.desc).equals(wanted))
        .filter(method -> ERRORS.contains(Type.getReturnType(method.desc).getInternalName()))
        .filter(method -> !ownFailures.contains(simple(scanned.name) + "." + method.name))
        .map(method -> wanted)
        .findFirst();
  }

  private void add(MethodNode method, AbstractInsnNode at, Kind kind, String supplier) {
    AbstractInsnNode speaking =
        supplier == null ? at : Refusal.method(scanned, supplier).instructions.getLast();
    found.add(
        new Refusal(
            scanned.name.replace('/', '.'),
            method.name + method.desc,
            method.instructions.indexOf(at),
            kind,
            supplier,
            line(at),
            text(speaking)));
  }

  private static int line(AbstractInsnNode at) {
    AbstractInsnNode each = at;
    while (each != null && !(each instanceof LineNumberNode)) {
      each = each.getPrevious();
    }
    return each == null ? 0 : ((LineNumberNode) each).line;
  }

  /** The longest text between the last branch and the refusal. */
  private static String text(AbstractInsnNode at) {
    String longest = "";
    AbstractInsnNode each = at.getPrevious();
    while (each != null && each.getType() != AbstractInsnNode.JUMP_INSN) {
      String text = "";
      if (each instanceof LdcInsnNode constant && constant.cst instanceof String value) {
        text = value;
      } else if (each instanceof InvokeDynamicInsnNode joined
          && joined.bsmArgs.length > 0
          && joined.bsmArgs[0] instanceof String recipe) {
        text = recipe.replace('\u0001', '…');
      }
      longest = text.length() > longest.length() ? text : longest;
      each = each.getPrevious();
    }
    return longest.replace('\n', ' ');
  }

  private static AbstractInsnNode previous(AbstractInsnNode each) {
    AbstractInsnNode before = each.getPrevious();
    while (before != null && before.getOpcode() < 0) {
      before = before.getPrevious();
    }
    return before;
  }

  private static String name(MethodInsnNode call) {
    return simple(call.owner) + "." + call.name;
  }

  private static String simple(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1);
  }
}
