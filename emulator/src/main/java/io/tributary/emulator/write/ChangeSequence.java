package io.tributary.emulator.write;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of _CHANGE_SEQUENCE_NUMBER: one to four sections of one to sixteen hex digits. */
final class ChangeSequence {
  private static final Pattern FORM =
      Pattern.compile("[0-9A-Fa-f]{1,16}(?:/[0-9A-Fa-f]{1,16}){0,3}");
  private static final int DIGITS = 16;

  private ChangeSequence() {}

  /** A text of the same number whose order among such texts is the order of the numbers. */
  static String ordered(String text) throws CellException {
    if (!FORM.matcher(text).matches()) {
      throw new CellException(
          ("Invalid _CHANGE_SEQUENCE_NUMBER value: '%s'. It must have one to four sections of one"
                  + " to sixteen hexadecimal digits, separated by '/'.")
              .formatted(text));
    }
    return Arrays.stream(text.split("/"))
        .map(section -> "0".repeat(DIGITS - section.length()) + section.toUpperCase(Locale.ROOT))
        .collect(Collectors.joining("/"));
  }
}
