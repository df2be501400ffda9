package io.tributary.emulator.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A test that needs what only the emulator has: its clock, its faults, its logs, its switches. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@DisabledIfEnvironmentVariable(
    named = "TRIBUTARY_CONTRACT_PROJECT",
    matches = ".+",
    disabledReason = "needs the emulator's clock, faults, logs or switches")
public @interface EmulatorOnly {}
