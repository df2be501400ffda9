package io.tributary.emulator.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A method of the API, where it lives, and what it does.
 *
 * @param segments the parts of the path; those in braces are variables
 */
record Route(String verb, List<String> segments, String method, Function<RestCall, Answer> action) {

  static Route of(String verb, String path, String method, Function<RestCall, Answer> action) {
    return new Route(verb, List.of(path.split("/", -1)), method, action);
  }

  /** The variables, if the request is for this route. */
  Optional<Map<String, String>> match(String requestVerb, List<String> path) {
    if (!verb.equals(requestVerb) || path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      String given = URLDecoder.decode(path.get(i).replace("+", "%2B"), StandardCharsets.UTF_8);
      if (segment.startsWith("{")) {
        variables.put(segment.substring(1, segment.length() - 1), given);
      } else if (!segment.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
