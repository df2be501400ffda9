package io.tributary.emulator.histories;

import io.tributary.emulator.surgery.Surgery;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** A mistake that an emulator could well have, and that is made in the running one. */
record PlantedBug(String name, String owner, String method, Consumer<MethodNode> mistake) {

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "a flush stops one row short",
            "write.StreamState",
            "flushable",
            method -> {
              InsnList less = new InsnList();
              less.add(new VarInsnNode(Opcodes.LLOAD, 1));
              less.add(new InsnNode(Opcodes.LCONST_1));
              less.add(new InsnNode(Opcodes.LSUB));
              less.add(new VarInsnNode(Opcodes.LSTORE, 1));
              method.instructions.insert(less);
            }),
        new PlantedBug(
            "a flush shows rows again",
            "write.StreamState",
            "flushed",
            method -> become(method, new InsnNode(Opcodes.RETURN))),
        new PlantedBug(
            "a retry is stored again",
            "write.Appender",
            "storeCreated",
            method -> {
              AbstractInsnNode refused = call(method, "wrongOffset");
              while (refused.getOpcode() != Opcodes.ARETURN) {
                refused = refused.getNext();
              }
              method.instructions.set(refused, new InsnNode(Opcodes.POP));
            }),
        new PlantedBug(
            "finalizing does not last",
            "write.StreamState",
            "seal",
            method -> become(method, new InsnNode(Opcodes.RETURN))),
        new PlantedBug(
            "a commit leaves out what it cannot commit",
            "write.Commit",
            "run",
            method -> {
              AbstractInsnNode noErrors = last(method, "isEmpty");
              InsnList always = new InsnList();
              always.add(new InsnNode(Opcodes.POP));
              always.add(new InsnNode(Opcodes.ICONST_1));
              method.instructions.insert(noErrors, always);
            }),
        new PlantedBug(
            "a commit can be repeated",
            "write.StreamState",
            "committed",
            method ->
                become(method, new InsnNode(Opcodes.ACONST_NULL), new InsnNode(Opcodes.ARETURN))),
        new PlantedBug(
            "sequence numbers compare as text",
            "write.ChangeSequence",
            "ordered",
            method ->
                become(method, new VarInsnNode(Opcodes.ALOAD, 0), new InsnNode(Opcodes.ARETURN))),
        new PlantedBug(
            "deletes are forgotten",
            "engine.ChangeTables",
            "merge",
            method ->
                replace(
                    method,
                    "AND NOT (h.deleted AND c.%s - h.written > %d)",
                    "AND NOT (h.deleted AND (c.%s - h.written > %d OR true))")),
        new PlantedBug(
            "the first of equal changes wins",
            "engine.ChangeTables",
            "merge",
            method -> replace(method, "%s >= h.sequence", "%s > h.sequence")));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Makes the mistake until what is returned is closed. */
  Surgery plant() {
    return Surgery.on("io.tributary.emulator." + owner, this::plant);
  }

  private void plant(ClassNode type) {
    mistake.accept(
        type.methods.stream().filter(each -> each.name.equals(method)).findFirst().orElseThrow());
  }

  /** Makes these instructions all that the method does. */
  private static void become(MethodNode method, AbstractInsnNode... all) {
    method.instructions.clear();
    method.tryCatchBlocks.clear();
    method.localVariables.clear();
    for (AbstractInsnNode each : all) {
      method.instructions.add(each);
    }
  }

  private static AbstractInsnNode call(MethodNode method, String name) {
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof MethodInsnNode call && call.name.equals(name)) {
        return each;
      }
    }
    throw new IllegalStateException("no call of " + name);
  }

  private static AbstractInsnNode last(MethodNode method, String name) {
    for (AbstractInsnNode each = method.instructions.getLast();
        each != null;
        each = each.getPrevious()) {
      if (each instanceof MethodInsnNode call && call.name.equals(name)) {
        return each;
      }
    }
    throw new IllegalStateException("no call of " + name);
  }

  private static void replace(MethodNode method, String text, String by) {
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof LdcInsnNode constant
          && constant.cst instanceof String value
          && value.contains(text)) {
        constant.cst = value.replace(text, by);
        return;
      }
    }
    throw new IllegalStateException("no text with " + text);
  }
}
