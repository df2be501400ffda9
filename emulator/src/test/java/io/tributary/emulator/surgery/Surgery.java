package io.tributary.emulator.surgery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** A change of the bodies of one class's methods, until it is closed. */
public final class Surgery implements AutoCloseable {
  private final Class<?> patient;
  private final Instrumentation instrumentation;

  private Surgery(Class<?> patient, Instrumentation instrumentation) {
    this.patient = patient;
    this.instrumentation = instrumentation;
  }

  /**
   * Changes a class, whether it is loaded or not.
   *
   * @param name the class's binary name
   * @throws VerifyError if what comes of it is no class; nothing is changed then
   */
  public static Surgery on(String name, Consumer<ClassNode> change) {
    try {
      Class<?> patient = Class.forName(name, false, Surgery.class.getClassLoader());
      Surgery surgery = new Surgery(patient, ByteBuddyAgent.install());
      byte[] changed = bytes(read(name), change);
      surgery.rebuild((loader, file, type, domain, original) -> type == patient ? changed : null);
      return surgery;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The class as it was built. */
  public static ClassNode read(String name) {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = Surgery.class.getResourceAsStream(file)) {
      return node(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class from its bytes. */
  public static ClassNode node(byte[] bytes) {
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, 0);
    return node;
  }

  /** The class with the change, whose jumps must keep to the frames that are there. */
  public static byte[] bytes(ClassNode node, Consumer<ClassNode> change) {
    change.accept(node);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  @Override
  public void close() {
    rebuild((loader, file, type, domain, original) -> null);
  }

  private void rebuild(Rebuilding rebuilding) {
    instrumentation.addTransformer(rebuilding, true);
    try {
      instrumentation.retransformClasses(patient);
    } catch (UnmodifiableClassException e) {
      throw new IllegalArgumentException(e);
    } finally {
      instrumentation.removeTransformer(rebuilding);
    }
  }

  /** The JVM's interface, as a lambda can have it. */
  @FunctionalInterface
  interface Rebuilding extends ClassFileTransformer {
    @Override
    byte[] transform(
        ClassLoader loader, String file, Class<?> type, ProtectionDomain domain, byte[] original);
  }
}
