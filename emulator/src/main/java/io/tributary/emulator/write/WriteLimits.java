package io.tributary.emulator.write;

import java.time.Duration;

/**
 * Limits of the Storage Write API.
 *
 * @param appendBytes the largest AppendRows request; a larger one ends its connection
 * @param idle how long a connection may be silent before it is closed
 */
public record WriteLimits(int appendBytes, Duration idle) {
  /** What the service has: 20 MiB, and 600 seconds. */
  public static final WriteLimits SERVICE =
      new WriteLimits(20 * 1024 * 1024, Duration.ofMinutes(10));
}
