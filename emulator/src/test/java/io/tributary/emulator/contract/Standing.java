package io.tributary.emulator.contract;

/** How the emulator stands to a behaviour of the service. */
public enum Standing {
  /** It does the same. */
  SAME("same"),
  /** It is undocumented or was seen in several forms; an option chooses. */
  SWITCH("switch"),
  /** It refuses, or does nothing of the kind. */
  NOT_SUPPORTED("not supported");

  private final String title;

  Standing(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
