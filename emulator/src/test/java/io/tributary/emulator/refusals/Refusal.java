package io.tributary.emulator.refusals;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A place in the emulator's code where it refuses something.
 *
 * @param owner the class's binary name
 * @param method where it is, with its descriptor
 * @param instruction index of the instruction that refuses
 * @param supplier name and descriptor of the method that makes the error where that is another one,
 *     else null
 * @param says the longest text in the making of the error
 */
record Refusal(
    String owner,
    String method,
    int instruction,
    Kind kind,
    String supplier,
    int line,
    String says) {

  /** How a place refuses, and with it how the refusal can be left out. */
  enum Kind {
    /** The exception is not thrown: what stands behind it goes on. */
    THROWN,
    /** The answer is not given: what stands behind it goes on. */
    ANSWERED,
    /** The error is made but nobody gets it. */
    MADE,
    /** Null stands for what is not there. */
    ABSENT
  }

  /** The name by which the recording knows it. */
  String id() {
    return owner + "." + method + "@" + instruction;
  }

  /** The name by which the reviewed list knows it: no numbers, which change with every edit. */
  String name() {
    String simple = owner.substring(owner.lastIndexOf('.') + 1);
    return simple + "." + method.substring(0, method.indexOf('(')) + ": " + says;
  }

  String room() {
    String packageName = owner.substring(0, owner.lastIndexOf('.'));
    return packageName.substring(packageName.lastIndexOf('.') + 1);
  }

  static MethodNode method(ClassNode in, String wanted) {
    return in.methods.stream()
        .filter(method -> (method.name + method.desc).equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  AbstractInsnNode in(MethodNode method) {
    return method.instructions.get(instruction);
  }
}
