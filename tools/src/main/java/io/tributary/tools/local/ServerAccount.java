package io.tributary.tools.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * How PostgreSQL's programs, which refuse to run as root, are started by whoever runs this JVM.
 *
 * @param prefix what the command line begins with
 * @param owner who must own the data folder, or null for whoever creates it
 */
record ServerAccount(List<String> prefix, UserPrincipal owner) {
  private static final String NOBODY = "nobody";

  /** An ordinary user: as is. Root: in a user namespace, else as {@code nobody}. */
  static ServerAccount detect() throws IOException {
    boolean root = ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
    if (!root) {
      return new ServerAccount(List.of(), null);
    }
    return works(List.of("unshare", "-U", "true"))
        ? new ServerAccount(List.of("unshare", "-U"), null)
        : asNobody();
  }

  /** For root where user namespaces are forbidden. */
  static ServerAccount asNobody() throws IOException {
    UserPrincipal nobody =
        Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
    List<String> setpriv = List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups", "--");
    List<String> runuser = List.of("runuser", "-u", NOBODY, "--");
    for (List<String> prefix : List.of(setpriv, runuser)) {
      if (works(concat(prefix, List.of("true")))) {
        return new ServerAccount(prefix, nobody);
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and neither 'unshare -U', 'setpriv' nor 'runuser' can"
            + " start it under another account here. Run the command as an ordinary user.");
  }

  List<String> command(List<String> program) {
    return concat(prefix, program);
  }

  /** Makes {@code folder}, and the way to it, usable for the account. */
  void own(Path folder) throws IOException {
    if (owner != null) {
      Files.setOwner(folder, owner);
      Files.setPosixFilePermissions(
          folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static boolean works(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
