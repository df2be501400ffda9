package io.tributary.emulator.refusals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Turns off the refusals of odd number; the others are another process's. */
@Tag("mutation")
final class SecondHalfTurnedOffTest {
  @Test
  void findsWhetherATestMissesThem() {
    try (TurnedOff share = new TurnedOff()) {
      share.findAll(1, 2);
    }
  }
}
