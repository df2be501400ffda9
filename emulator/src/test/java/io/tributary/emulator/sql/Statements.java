package io.tributary.emulator.sql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Lines of a statement or an expression, {@code ==>} and what it answers. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(Statements.Lines.class)
@interface Statements {
  /** The lines. */
  String value();

  /** Hands out the lines. */
  final class Lines implements ArgumentsProvider, AnnotationConsumer<Statements> {
    private String lines;

    @Override
    public void accept(Statements statements) {
      lines = statements.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return lines.lines().map(Lines::split);
    }

    private static Arguments split(String line) {
      String[] parts = line.split(" ==> ", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("no answer: " + line);
      }
      return Arguments.of(parts[0], parts[1]);
    }
  }
}
