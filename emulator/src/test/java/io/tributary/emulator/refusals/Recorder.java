package io.tributary.emulator.refusals;

import io.tributary.emulator.surgery.Surgery;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Notes during a test run which test meets which refusal, if it is told where to write it. */
public final class Recorder implements LauncherSessionListener {
  /** Tag of tests that change the emulator's classes themselves; they are not recorded. */
  public static final String CHANGES_CLASSES = "changes-classes";

  /** For sessions inside a test. */
  public static final LauncherConfig UNRECORDED =
      LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false).build();

  private static final String FOLDER = "refusals.recordings";

  private final Notes notes = new Notes();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty(FOLDER) != null) {
      ByteBuddyAgent.install().addTransformer(new Marking());
      session.getLauncher().registerTestExecutionListeners(notes);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    String folder = System.getProperty(FOLDER);
    if (folder != null) {
      List<String> all = RefusalScan.all().stream().map(Refusal::id).toList();
      new Recording(all, notes.tests).write(Path.of(folder));
    }
  }

  /** Puts a mark before every refusal of the classes that get loaded. */
  private static final class Marking implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String file, Class<?> type, ProtectionDomain domain, byte[] original) {
      return file != null && RefusalScan.covers(file.replace('/', '.'))
          ? Surgery.bytes(Surgery.node(original), Marking::mark)
          : null;
    }

    private static void mark(ClassNode type) {
      // places are known by their numbers, so all are looked up before any is marked
      Map<AbstractInsnNode, Refusal> places = new LinkedHashMap<>();
      for (Refusal refusal : RefusalScan.in(type)) {
        MethodNode method = making(refusal, type);
        boolean elsewhere = refusal.supplier() != null;
        places.put(elsewhere ? method.instructions.getFirst() : refusal.in(method), refusal);
      }
      places.forEach(
          (place, refusal) ->
              making(refusal, type).instructions.insertBefore(place, mark(refusal)));
    }

    private static MethodNode making(Refusal refusal, ClassNode type) {
      return Refusal.method(
          type, refusal.supplier() == null ? refusal.method() : refusal.supplier());
    }

    private static InsnList mark(Refusal refusal) {
      InsnList mark = new InsnList();
      mark.add(new LdcInsnNode(refusal.id()));
      mark.add(
          new MethodInsnNode(
              Opcodes.INVOKESTATIC,
              Type.getInternalName(Meter.class),
              "meet",
              "(Ljava/lang/String;)V"));
      return mark;
    }
  }

  /** What is met while a test runs counts as met by it. */
  private static final class Notes implements TestExecutionListener {
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Recording.Test> tests = new TreeMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
      started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Set<String> met = new TreeSet<>(Meter.takeMet());
      long millis = (System.nanoTime() - started.get(test.getUniqueId())) / 1_000_000;
      if (counts(test) && !met.isEmpty()) {
        tests.put(test.getUniqueId(), new Recording.Test(millis, new ArrayList<>(met)));
      }
    }

    private static boolean counts(TestIdentifier test) {
      return test.isTest()
          && test.getUniqueId().startsWith("[engine:junit-jupiter]")
          && !test.getTags().contains(TestTag.create(CHANGES_CLASSES));
    }
  }
}
