package io.tributary.bigquery.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the texts of types apart, as GoogleSQL spells them. */
public final class TypeParts {
  private TypeParts() {}

  /** What stands between the brackets of {@code WORD<...>}; empty when the text is none. */
  public static Optional<String> inside(String word, String type) {
    String text = type.trim();
    boolean framed =
        text.regionMatches(true, 0, word, 0, word.length())
            && text.endsWith(">")
            && text.substring(word.length()).trim().startsWith("<");
    return framed
        ? Optional.of(text.substring(text.indexOf('<') + 1, text.length() - 1).trim())
        : Optional.empty();
  }

  /**
   * The fields between a STRUCT's brackets, name and type of each; empty when there is one without
   * a type.
   */
  public static Optional<List<Field>> fields(String inside) {
    List<Field> fields = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= inside.length(); i++) {
      char c = i == inside.length() ? ',' : inside.charAt(i);
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == inside.length())) {
        String[] words = inside.substring(from, i).trim().split("\\s+", 2);
        if (words.length < 2) {
          return Optional.empty();
        }
        fields.add(new Field(words[0], words[1]));
        from = i + 1;
      }
    }
    return Optional.of(fields);
  }

  /** A field of a STRUCT and the text of its type. */
  public record Field(String name, String type) {}
}
