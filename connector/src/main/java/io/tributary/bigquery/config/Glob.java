package io.tributary.bigquery.config;

import java.util.List;

/** A pattern of names in which {@code *} stands for any run of characters; case counts. */
final class Glob {
  private final String text;
  private final List<String> pieces;

  Glob(String text) {
    this.text = text;
    pieces = List.of(text.split("\\*", -1));
  }

  /** Takes time in proportion to the name's length, whatever the pattern. */
  boolean matches(String name) {
    String first = pieces.get(0);
    String last = pieces.get(pieces.size() - 1);
    if (pieces.size() == 1) {
      return name.equals(text);
    }
    int end = name.length() - last.length();
    if (end < first.length() || !name.startsWith(first) || !name.endsWith(last)) {
      return false;
    }
    int from = first.length();
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = name.indexOf(piece, from);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }

  /** How many characters stand for themselves. */
  int literals() {
    return text.length() - pieces.size() + 1;
  }

  boolean has(char character) {
    return text.indexOf(character) >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
