package io.tributary.emulator.engine;

import java.util.Optional;

/** The views of INFORMATION_SCHEMA about what the service did, which the engine does not keep. */
@FunctionalInterface
public interface ServiceViews {
  /** None. */
  ServiceViews NONE = (name, project) -> Optional.empty();

  /** The view of this name in upper case, as far as it concerns a project. */
  Optional<SystemView> view(String name, String project);
}
