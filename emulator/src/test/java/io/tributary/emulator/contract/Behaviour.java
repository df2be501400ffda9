package io.tributary.emulator.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One thing that a client can observe of BigQuery, which the test below it asserts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Behaviour.All.class)
public @interface Behaviour {
  /** The part of BigQuery. */
  Area area();

  /** The behaviour as a plain sentence. */
  String says();

  /** The public page, issue or file that says so, as an address; of a switch, what is known. */
  String source();

  /** How the emulator stands to it. */
  Standing standing() default Standing.SAME;

  /** Several of one test. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    /** All of them. */
    Behaviour[] value();
  }
}
