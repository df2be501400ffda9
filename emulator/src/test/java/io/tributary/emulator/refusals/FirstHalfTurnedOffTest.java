package io.tributary.emulator.refusals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Turns off the refusals of even number; the others are another process's. */
@Tag("mutation")
final class FirstHalfTurnedOffTest {
  @Test
  void findsWhetherATestMissesThem() {
    try (TurnedOff share = new TurnedOff()) {
      share.findAll(0, 2);
    }
  }
}
