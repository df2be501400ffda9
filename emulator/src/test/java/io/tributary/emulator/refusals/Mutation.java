package io.tributary.emulator.refusals;

import io.tributary.emulator.surgery.Surgery;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The emulator without one of its refusals. */
final class Mutation {
  private static final String METER = Type.getInternalName(Meter.class);

  private Mutation() {}

  /** Leaves the refusal out until what is returned is closed. */
  static Surgery without(Refusal refusal) {
    Meter.reset();
    VerifyError last = null;
    for (Consumer<ClassNode> way : ways(refusal)) {
      try {
        return Surgery.on(refusal.owner(), way);
      } catch (VerifyError e) {
        // nothing can go on behind it: the method ends instead
        last = e;
      }
    }
    throw new IllegalStateException("No way around " + refusal, last);
  }

  private static List<Consumer<ClassNode>> ways(Refusal refusal) {
    Stream<Way> ways =
        switch (refusal.kind()) {
          case THROWN, ANSWERED -> Stream.of(Mutation::goOn, Mutation::endMethod);
          case MADE -> Stream.of(Mutation::answerNothing);
          case ABSENT -> Stream.of(Mutation::giveNull);
        };
    return ways.<Consumer<ClassNode>>map(
            way ->
                type -> {
                  MethodNode method = Refusal.method(type, refusal.method());
                  AbstractInsnNode at = refusal.in(method);
                  method.instructions.insertBefore(
                      at, new MethodInsnNode(Opcodes.INVOKESTATIC, METER, "pass", "()V"));
                  way.around(method, at);
                })
        .toList();
  }

  private static void goOn(MethodNode method, AbstractInsnNode at) {
    method.instructions.set(at, new InsnNode(Opcodes.POP));
  }

  private static void endMethod(MethodNode method, AbstractInsnNode at) {
    InsnList ending = new InsnList();
    ending.add(new InsnNode(Opcodes.POP));
    Type type = Type.getReturnType(method.desc);
    switch (type.getSort()) {
      case Type.VOID -> {}
      case Type.LONG -> ending.add(new InsnNode(Opcodes.LCONST_0));
      case Type.DOUBLE -> ending.add(new InsnNode(Opcodes.DCONST_0));
      case Type.FLOAT -> ending.add(new InsnNode(Opcodes.FCONST_0));
      case Type.ARRAY, Type.OBJECT -> ending.add(nothing(type));
      default -> ending.add(new InsnNode(Opcodes.ICONST_0));
    }
    ending.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
    method.instructions.insertBefore(at, ending);
    method.instructions.remove(at);
  }

  private static void answerNothing(MethodNode method, AbstractInsnNode at) {
    InsnList instead = new InsnList();
    instead.add(new InsnNode(Opcodes.POP));
    instead.add(nothing(Type.getReturnType(method.desc)));
    method.instructions.insert(at, instead);
  }

  private static void giveNull(MethodNode method, AbstractInsnNode at) {
    InsnList instead = new InsnList();
    instead.add(new InsnNode(Opcodes.POP));
    instead.add(new InsnNode(Opcodes.ACONST_NULL));
    instead.add(
        new MethodInsnNode(
            Opcodes.INVOKEVIRTUAL,
            "java/util/Optional",
            "orElse",
            "(Ljava/lang/Object;)Ljava/lang/Object;"));
    method.instructions.insertBefore(at, instead);
    method.instructions.remove(at);
  }

  private static AbstractInsnNode nothing(Type type) {
    return type.getInternalName().equals("java/util/Optional")
        ? new MethodInsnNode(
            Opcodes.INVOKESTATIC, "java/util/Optional", "empty", "()Ljava/util/Optional;")
        : new InsnNode(Opcodes.ACONST_NULL);
  }

  @FunctionalInterface
  private interface Way {
    void around(MethodNode method, AbstractInsnNode at);
  }
}
